/**
 * Numbers, dates and sizes as people read them.
 */

const numbers = new Intl.NumberFormat('en-US');

/** @param {number} value "1,500" */
export const count = (value) => numbers.format(value);

/** @param {number} value "1 Star", "1,500 Stars" */
export const stars = (value) => `${count(value)} ${Math.abs(value) === 1 ? 'Star' : 'Stars'}`;

/**
 * How many are in a group or channel, its bot with them: "3 members", "1 subscriber".
 * @param {import('../types.js').Community} where
 */
export function crowd({ kind, members, bot_place }) {
  const people = members.length + (['administrator', 'member'].includes(bot_place) ? 1 : 0);
  const one = kind === 'channel' ? 'subscriber' : 'member';
  return `${count(people)} ${people === 1 ? one : `${one}s`}`;
}

/** @param {number} unix seconds; "14:05" */
export const clock = (unix) =>
  new Date(unix * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** @param {number} unix seconds; "Today", "22 November" */
export function day(unix) {
  const date = new Date(unix * 1000);
  const today = new Date();
  if (date.toDateString() === today.toDateString()) return 'Today';
  const year = date.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year });
}

/** @param {number} unix seconds; "22 Nov 2026, 14:05" */
export const moment = (unix) => new Date(unix * 1000).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** @param {number} bytes "1.4 MB" */
export function size(bytes) {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/**
 * How long one payment of a subscription lasts: "month", "60 seconds".
 * @param {number} seconds
 */
export function period(seconds) {
  if (seconds === 2592000) return 'month';
  if (seconds % 86400 === 0) return `${seconds / 86400} days`;
  if (seconds % 60 === 0 && seconds > 60) return `${seconds / 60} minutes`;
  return `${seconds} seconds`;
}

/** Languages written from right to left, as far as the desk offers them. */
export const direction = (/** @type {string | undefined} */ language) =>
  /^(ar|fa|he|ur|yi|ckb|dv|ps|sd|ug)\b/.test(language ?? '') ? 'rtl' : 'ltr';
