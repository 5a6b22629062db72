/**
 * Faults that a bot meets sooner or later, one click each, and words for any fault.
 */

import { outcome } from '../pay/outcome.js';

/** @typedef {import('../faults.js').Fault} Fault */
/** @typedef {{id: string, label: string, hint: string, part: 'methods'|'updates'|'payments', fault: Fault}} Known */

/** Longer than the ten seconds in which a bot must answer. Source: Bot API, `answerPreCheckoutQuery`. */
const TOO_LATE_MS = 11_000;
const LATE_MS = 10_000;
const SLOW_MS = 2000;

/** @type {{title: string, known: Known[]}[]} */
export const KNOWN = [
  {
    title: 'Updates about payments',
    known: [
      { id: 'payment-lost', label: 'Payment lost', hint: 'successful_payment never arrives', part: 'updates', fault: { kind: 'successful_payment', action: 'drop' } },
      { id: 'payment-doubled', label: 'Payment doubled', hint: 'successful_payment arrives twice', part: 'updates', fault: { kind: 'successful_payment', action: 'duplicate' } },
      { id: 'payment-late', label: 'Payment late', hint: 'successful_payment arrives 10 s later', part: 'updates', fault: { kind: 'successful_payment', action: 'delay', delay_ms: LATE_MS } },
      { id: 'precheckout-lost', label: 'Pre-checkout lost', hint: 'The bot is never asked; the payment fails', part: 'updates', fault: { kind: 'pre_checkout_query', action: 'drop' } },
      { id: 'precheckout-late', label: 'Pre-checkout answered too late', hint: 'The bot’s answer takes 11 s; it has 10', part: 'methods', fault: { method: 'answerPreCheckoutQuery', delay_ms: TOO_LATE_MS } },
      { id: 'payment-overtaken', label: 'Payment overtaken', hint: 'The next update arrives before successful_payment', part: 'updates', fault: { kind: 'successful_payment', action: 'reorder' } },
      { id: 'payment-unheard', label: 'Payment not heard', hint: 'The bot’s answer to successful_payment gets lost; it comes again', part: 'updates', fault: { kind: 'successful_payment', action: 'unheard' } },
      { id: 'payment-strange', label: 'Unknown fields', hint: 'Any update has fields that no Bot API has yet', part: 'updates', fault: { kind: '*', action: 'unknown_fields' } },
      { id: 'refund-lost', label: 'Refund lost', hint: 'refunded_payment never arrives', part: 'updates', fault: { kind: 'refunded_payment', action: 'drop' } },
    ],
  },
  {
    title: 'Calls of the bot',
    known: [
      { id: 'too-many', label: '429 Too Many Requests', hint: 'sendMessage, retry after 3 s', part: 'methods', fault: { method: 'sendMessage', error_code: 429, retry_after: 3 } },
      { id: 'server-error', label: '500 Internal Server Error', hint: 'Any method', part: 'methods', fault: { method: '*', error_code: 500 } },
      { id: 'answer-lost', label: 'Done, but answered 500', hint: 'sendMessage takes effect all the same', part: 'methods', fault: { method: 'sendMessage', error_code: 500, executed: true } },
      { id: 'blocked', label: '403 Blocked by the user', hint: 'sendMessage', part: 'methods', fault: { method: 'sendMessage', error_code: 403 } },
      { id: 'no-chat', label: '400 Chat not found', hint: 'sendMessage', part: 'methods', fault: { method: 'sendMessage', error_code: 400, description: 'Bad Request: chat not found' } },
      { id: 'refunded', label: '400 Refunded already', hint: 'refundStarPayment', part: 'methods', fault: { method: 'refundStarPayment', error_code: 400, description: 'Bad Request: CHARGE_ALREADY_REFUNDED' } },
      { id: 'cut', label: 'Connection cut', hint: 'sendMessage does nothing, and half an answer comes', part: 'methods', fault: { method: 'sendMessage', cut: true } },
      { id: 'cut-done', label: 'Done, but cut', hint: 'sendMessage takes effect; half an answer comes', part: 'methods', fault: { method: 'sendMessage', cut: true, executed: true } },
      { id: 'slow', label: 'Slow answers', hint: 'Any method takes 2 s longer', part: 'methods', fault: { method: '*', delay_ms: SLOW_MS } },
    ],
  },
];

const ACTIONS = /** @type {Record<string, string>} */ ({ drop: 'lost', duplicate: 'doubled', delay: 'late', reorder: 'overtaken', unheard: 'not heard', unknown_fields: 'with unknown fields' });

/** @param {number} ms "1.5 s" */
const seconds = (ms) => `${ms / 1000} s`;

/**
 * What a fault hits and what it does, in a few words.
 * @param {string} part
 * @param {Fault} fault
 * @returns {{target: string, effect: string}}
 */
export function described(part, fault) {
  if (part === 'methods') {
    const effects = [
      fault.error_code && `${fault.error_code}${fault.description ? ` ${fault.description.replace(/^Bad Request: /, '')}` : ''}`,
      fault.cut && 'cut off',
      fault.retry_after && `retry after ${seconds(fault.retry_after * 1000)}`,
      fault.executed && 'done all the same',
      fault.delay_ms && `${seconds(fault.delay_ms)} late`,
    ].filter(Boolean);
    return { target: named(fault.method, 'Any method'), effect: effects.join(', ') || 'no effect' };
  }
  if (part === 'updates') {
    const late = fault.action === 'delay' ? `${seconds(fault.delay_ms ?? 0)} ` : '';
    return { target: named(fault.kind, 'Any update'), effect: late + (ACTIONS[fault.action] ?? fault.action) };
  }
  if (part === 'payments') {
    const effect = outcome(fault.outcome).label.toLowerCase();
    return { target: fault.user_id ? `Payments of ${fault.user_id}` : 'Payments', effect: fault.delay_ms ? `${effect}, ${seconds(fault.delay_ms)} later` : effect };
  }
  const { count, ...rest } = fault;
  return { target: part, effect: Object.entries(rest).map(([key, value]) => `${key} ${value}`).join(', ') };
}

/** @param {string} name @param {string} all */
const named = (name, all) => (name === '*' ? all : name);

/** How often a fault will still strike. @param {Fault} fault */
export function left({ count }) {
  if (count === undefined) return 'always';
  if (count === 0) return 'used up';
  return count === 1 ? 'once' : `${count} times`;
}
