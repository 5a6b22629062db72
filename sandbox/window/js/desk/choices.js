/**
 * Desk: where nobody knows what Telegram does, either way can be had.
 */

import { api } from '../parts/api.js';
import { refresher } from '../parts/refresher.js';
import { group, toggle } from './controls.js';

/** Names and labels, by what they are about. */
const CHOICES = /** @type {[string, [string, string][]][]} */ ([
  ['Payments', [
    ['payments_told_in_place', 'Payments in groups are told there'],
    ['payments_let_write', 'Paying lets the bot write'],
    ['failed_payments_spend_forms', 'Failed payments need a new form'],
  ]],
  ['Subscriptions', [
    ['renewals_ask', 'Renewals ask the bot first'],
    ['failed_renewals_retry', 'Failed renewals are tried again a day later'],
    ['failed_retries_say_so', 'Second tries that fail say “failed” again'],
    ['late_renewals_keep_rhythm', 'Renewals paid late keep their day'],
    ['late_renewals_say_active', 'Renewals paid late say “active”'],
    ['subscriptions_wait_for_messages', 'Updates wait for the buyer’s messages'],
  ]],
  ['Refunds', [
    ['refunds_cancel', 'A refund ends the renewals'],
    ['renewal_refunds_complain', 'Refunded renewals answer with an error'],
    ['refunds_expire', 'Refunds end after three years'],
    ['refunds_leave_debts', 'Refunds may leave a debt'],
    ['paid_media_refund', 'Paid media can be given back'],
    ['media_refunds_name_payload', 'Refunds of media name their payload'],
    ['media_refunds_close', 'Refunded media close again'],
  ]],
  ['Withdrawals and gifts', [
    ['failed_withdrawals_have_own_id', 'Failed withdrawals have an own id'],
    ['chargebacks_stop_withdrawals', 'Chargebacks stop withdrawals'],
    ['channel_gifts_are_posted', 'Gifts to channels are posted there'],
  ]],
  ['Chats and Mini Apps', [
    ['presses_expire_soon', 'Pressed buttons expire after 15 s'],
    ['mentions_pass_privacy', 'Mentions pass privacy mode'],
    ['query_ids_last_a_day', 'A query_id lasts a day'],
    ['prepared_messages_go_once', 'Prepared messages go once'],
  ]],
]);

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {(error: Error) => void} parts.complain
 */
export function choicesGroups({ store, complain }) {
  const toggles = new Map();
  const groups = CHOICES.map(([about, choices]) => {
    const cells = choices.map(([name, label]) => {
      const choose = async (/** @type {boolean} */ on) => api.choices().then((now) => api.choose({ ...now, [name]: on })).catch(complain).then(read);
      toggles.set(name, toggle({ label, testid: `choice-${name}`, onchange: choose }));
      return toggles.get(name).element;
    });
    return group(`Not known of Telegram: ${about.toLowerCase()}`, ...cells);
  });
  const read = refresher(async () => {
    const now = await api.choices();
    for (const [name, { set }] of toggles) set(now[name]);
  });
  store.watch(['tab', 'line'], read);
  return groups;
}
