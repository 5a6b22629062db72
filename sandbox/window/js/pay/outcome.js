/**
 * How the next payment is to end: what the desk offers and what it means.
 */

/**
 * @typedef {object} Outcome
 * @property {string} id as `POST /api/pay` names it; `normal` is not sent
 * @property {string} label
 * @property {string} hint
 * @property {number} [delayMs]
 */

/** @type {Outcome[]} */
export const OUTCOMES = [
  { id: 'normal', label: 'Normal', hint: 'Pre-checkout, payment, message, answer: all in order.' },
  { id: 'cancelled', label: 'Declined', hint: 'The buyer turns back; no Stars move.' },
  { id: 'failed_but_paid', label: 'Failed, though paid', hint: 'The app hears “failed”; the bot is paid all the same.' },
  { id: 'cancelled_but_paid', label: 'Cancelled, though paid', hint: 'The app hears “cancelled”; the bot is paid all the same.' },
  { id: 'pending', label: 'Pending', hint: 'The app hears “pending”; the payment goes through later.' },
  { id: 'lost_update', label: 'Lost update', hint: 'Stars move, but the bot never gets successful_payment.' },
  { id: 'double_update', label: 'Double update', hint: 'The bot gets successful_payment twice.' },
  { id: 'late', label: 'Late update', hint: 'The bot gets successful_payment ten seconds later.', delayMs: 10_000 },
  { id: 'pending_then_paid', label: 'Pending, then paid', hint: 'The app hears “pending” and then “paid”.' },
  { id: 'paid_then_cancelled', label: 'Paid, then cancelled', hint: 'The app hears “paid” and then “cancelled”; the bot is paid.' },
  { id: 'answered_too_late', label: 'Bot too late', hint: 'Whatever the bot answers before the payment is refused; no Stars move.' },
  { id: 'told_twice', label: 'App told twice', hint: 'invoice_closed comes two times.' },
  { id: 'never_told', label: 'App never told', hint: 'invoice_closed does not come; the bot is paid.' },
];

/** @param {string} id @returns {Outcome} */
export const outcome = (id) => OUTCOMES.find((one) => one.id === id) ?? OUTCOMES[0];

/**
 * What to send along with a payment.
 * @param {Outcome} wish
 */
export function orderOf(wish) {
  const outcome = wish.id === 'normal' ? undefined : wish.id;
  return { outcome, delay_ms: wish.delayMs };
}
