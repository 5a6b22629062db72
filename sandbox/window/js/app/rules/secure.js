/**
 * Memory in the secure place of a phone. Web and desktop clients have none.
 */

import { ask } from '../../parts/ask.js';
import { isPhone } from '../device.js';

/** Items that one bot may keep for one user. Source: Mini Apps, `SecureStorage`. */
const ITEMS = 10;

/** @typedef {import('../host.js').Host} Host */

/**
 * Kept in this browser by bot and user; `before` is what was there before Telegram was
 * installed anew, which only the user can bring back.
 * @param {Host} host
 * @param {'now'|'before'} when
 */
const place = (host, when) => `secure-storage${when === 'now' ? '' : '-before'}:${host.launch.bot.id}:${host.launch.user}`;

/** @param {Host} host @param {'now'|'before'} when @returns {Record<string, string>} */
function read(host, when) {
  try {
    return JSON.parse(localStorage.getItem(place(host, when)) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {Host} host @param {'now'|'before'} when @param {Record<string, string>} all */
const write = (host, when, all) => localStorage.setItem(place(host, when), JSON.stringify(all));

/** Telegram installed anew: what apps kept is out of their reach until the user brings it back. */
export function reinstall() {
  for (const name of Object.keys(localStorage)) {
    const owner = /^secure-storage(:.*)$/.exec(name)?.[1];
    if (owner) {
      localStorage.setItem(`secure-storage-before${owner}`, localStorage.getItem(name) ?? '{}');
      localStorage.removeItem(name);
    } else if (/^(device-storage|home-screen|biometry|location):/.test(name)) localStorage.removeItem(name);
  }
}

/** A rule that only a phone follows. Codes of failures: telegram-tt, src/types/webapp.ts. @param {(host: Host, data: any, fail: (error: string) => void) => any} run @returns {import('../bridge.js').Rule} */
const onPhones = (run) => ({
  since: '9.0',
  run(host, data) {
    const fail = (/** @type {string} */ error) => host.post('secure_storage_failed', { req_id: data.req_id, error });
    return isPhone(host.launch.platform) ? run(host, data, fail) : fail('UNSUPPORTED');
  },
});

/** @type {Record<string, import('../bridge.js').Rule>} */
export const secure = {
  web_app_secure_storage_save_key: onPhones((host, { req_id, key, value }, fail) => {
    if (typeof key !== 'string' || !key) return fail('KEY_INVALID');
    if (value !== null && typeof value !== 'string') return fail('VALUE_INVALID');
    const all = read(host, 'now');
    if (value === null) delete all[key];
    else all[key] = value;
    if (Object.keys(all).length > ITEMS) return fail('QUOTA_EXCEEDED');
    write(host, 'now', all);
    host.post('secure_storage_key_saved', { req_id });
  }),
  web_app_secure_storage_get_key: onPhones((host, { req_id, key }) => {
    const value = read(host, 'now')[key] ?? null;
    const can_restore = value === null && Object.hasOwn(read(host, 'before'), key);
    host.post('secure_storage_key_received', { req_id, value, ...(can_restore ? { can_restore } : {}) });
  }),
  web_app_secure_storage_restore_key: onPhones(async (host, { req_id, key }, fail) => {
    const before = read(host, 'before');
    if (!Object.hasOwn(before, key)) return fail('RESTORE_UNAVAILABLE');
    if (Object.keys(read(host, 'now')).length) return fail('STORAGE_NOT_EMPTY');
    const { id } = await ask(host.layers, {
      title: 'Restore data',
      text: `Give back to ${host.launch.bot.first_name} what it kept in the secure storage of this phone?`,
      testid: 'restore-prompt',
      choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'restore', text: 'Restore', tone: 'primary' }],
    });
    if (id !== 'restore') return fail('RESTORE_CANCELLED');
    write(host, 'now', before);
    host.post('secure_storage_key_restored', { req_id, value: before[key] });
  }),
  web_app_secure_storage_clear: onPhones((host, { req_id }) => {
    localStorage.removeItem(place(host, 'now'));
    host.post('secure_storage_cleared', { req_id });
  }),
};
