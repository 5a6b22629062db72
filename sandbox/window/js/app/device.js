/**
 * What differs between Telegram's clients.
 */

const PHONES = ['ios', 'android', 'android_x'];
const WEB = ['weba', 'webk', 'web'];

/** @param {string} platform */
export const isPhone = (platform) => PHONES.includes(platform);
/** @param {string} platform */
export const isWeb = (platform) => WEB.includes(platform);
