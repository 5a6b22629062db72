/**
 * The record of everything that passed: messages between app and window, calls of the
 * Bot API, requests of the window. The inspector shows it.
 */

import { nowMs } from './clock.js';

/**
 * @typedef {object} Entry
 * @property {number} id counts up from 1
 * @property {Date} at on the sandbox's clock
 * @property {'app'|'host'|'bot'|'update'|'window'|'note'} kind app → window, window → app, bot → Telegram, Telegram → bot, window → sandbox, remark
 * @property {string} name
 * @property {any} data
 * @property {'ok'|'unhandled'|'refused'|'failed'} fate
 * @property {string} [why] a sentence when the fate is not `ok`
 */

/** Older entries fall off: a shop left open for a day must not fill the memory. */
const KEPT = 1000;

/** @type {Set<(kind: string) => void>} */
const hands = new Set();

/** @type {Entry[]} */
const entries = [];
/** @type {Set<(entry: Entry | null) => void>} */
const readers = new Set();
let last = 0;
/** What the sandbox said of its clock last. @type {import('../types.js').Time | null} */
let time = null;

/**
 * @param {Entry['kind']} kind
 * @param {string} name
 * @param {any} data
 * @param {Entry['fate']} [fate]
 * @param {string} [why]
 * @param {Date} [at]
 */
function write(kind, name, data, fate = 'ok', why, at = new Date(nowMs(time))) {
  last += 1;
  const entry = { id: last, at, kind, name, data, fate, why };
  entries.push(entry);
  if (entries.length > KEPT) entries.shift();
  for (const reader of readers) reader(entry);
  return entry;
}

export const trace = {
  entries,
  write,
  /** @param {string} name @param {any} data */
  window: (name, data) => write('window', name, data, data.status >= 400 ? 'failed' : 'ok'),
  /**
   * Says afterwards how an entry ended.
   * @param {Entry} entry @param {Entry['fate']} fate @param {string} why
   */
  amend(entry, fate, why) {
    Object.assign(entry, { fate, why });
    for (const reader of readers) reader(entry);
  },
  /** Entries are dated as the sandbox would. @param {import('../types.js').Time} now */
  date(now) {
    time = now;
  },
  /** @param {string} text */
  note: (text) => write('note', text, null),
  /** Feels a tap of the haptic engine. @param {string} kind */
  haptic: (kind) => hands.forEach((hand) => hand(kind)),
  /** @param {(kind: string) => void} hand told of each haptic tap */
  feel: (hand) => hands.add(hand),
  clear() {
    entries.length = 0;
    for (const reader of readers) reader(null);
  },
  /** @param {(entry: Entry | null) => void} reader told of each new entry, and `null` after a clearing */
  read(reader) {
    readers.add(reader);
  },
};
