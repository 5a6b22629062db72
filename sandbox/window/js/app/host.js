/**
 * What the rules of the protocol may use.
 *
 * @typedef {object} Host
 * @property {import('../parts/store.js').Store} store
 * @property {import('../session.js').Session} session
 * @property {import('../parts/layers.js').Layers} layers
 * @property {import('../parts/toast.js').Toast} toast
 * @property {Go} go
 * @property {(name: string, data?: any, quiet?: boolean) => void} post to the app; quietly, it is not recorded
 * @property {import('./view.js').View} view
 * @property {ReturnType<typeof import('./head.js').createHead>} head
 * @property {ReturnType<typeof import('./foot.js').createFoot>} foot
 * @property {HTMLElement} sheet
 * @property {Launch} launch
 * @property {() => void} close without asking
 * @property {() => void} ready the app has drawn itself
 *
 * What is true of one launch only.
 * @typedef {object} Launch
 * @property {import('../types.js').Bot} bot
 * @property {number} user
 * @property {string} from
 * @property {string} [button] text of the keyboard button that opened it
 * @property {string} version
 * @property {string} platform
 * @property {boolean} askBeforeClosing
 * @property {boolean} swipes whether a swipe down over the page closes it
 * @property {boolean} reloadSupported
 * @property {number} reloading timer of the fallback, 0 when none
 * @property {{header: Colour, ground: Colour, foot: Colour}} colours
 * @property {Record<string, any>} notes what single rules remember
 *
 * A colour is either a key of the theme, then it follows the theme, or `#rrggbb`.
 * @typedef {string} Colour
 *
 * Ways out of the app.
 * @typedef {object} Go
 * @property {(url: string) => void} follow any link, as a tap in Telegram would
 * @property {(wish: {url?: string, from: string, button?: string, startParam?: string, fullscreen?: boolean}) => void} launch
 * @property {(slug: string, done?: (status: import('../types.js').PayStatus) => void) => void} pay
 * @property {() => void} toDesk
 * @property {(text: string) => void} draft
 */

export {};
