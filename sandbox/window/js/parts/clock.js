/**
 * What the sandbox's clock shows now: it runs ahead of ours, or stands still between jumps.
 */

/** @param {import('../types.js').Time | null} time @returns {number} ms since 1970 */
export function nowMs(time) {
  if (time?.is_still) return time.now_ms;
  return Date.now() + (time?.offset_seconds ?? 0) * 1000;
}
