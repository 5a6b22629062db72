/**
 * Questions to the user come one at a time, and not more than three within three seconds:
 * what comes on top is answered as declined. Source: Mini Apps, popups; Web K.
 */

const AT_MOST = 3;
const WITHIN_MS = 3000;

/**
 * @param {string} name questions of one name exclude each other
 * @param {(host: import('./host.js').Host, data: any) => void} declined
 * @param {(host: import('./host.js').Host, data: any) => Promise<void>} put
 * @returns {(host: import('./host.js').Host, data: any) => Promise<void>}
 */
export function once(name, declined, put) {
  return async (host, data) => {
    const { notes } = host.launch;
    /** @type {{open: boolean, times: number[]}} */
    const state = (notes[`once ${name}`] ??= { open: false, times: [] });
    if (state.open) return;
    const now = Date.now();
    state.times = state.times.filter((time) => now - time < WITHIN_MS);
    if (state.times.length >= AT_MOST) return declined(host, data);
    state.times.push(now);
    state.open = true;
    try {
      await put(host, data);
    } finally {
      state.open = false;
    }
  };
}
