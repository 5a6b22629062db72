/**
 * Desk: where nobody knows what Telegram does, either way can be had.
 */

import { api } from '../parts/api.js';
import { refresher } from '../parts/refresher.js';
import { group, toggle } from './controls.js';

const CHOICES = /** @type {[string, string][]} */ ([
  ['renewals_ask', 'Renewals ask the bot first'],
  ['refunds_cancel', 'A refund ends the renewals'],
  ['renewal_refunds_complain', 'Refunded renewals answer with an error'],
  ['payments_let_write', 'Paying lets the bot write'],
  ['failed_withdrawals_have_own_id', 'Failed withdrawals have an own id'],
  ['late_renewals_keep_rhythm', 'Renewals paid late keep their day'],
  ['late_renewals_say_active', 'Renewals paid late say “active”'],
  ['failed_renewals_retry', 'Failed renewals are tried again a day later'],
  ['refunds_leave_debts', 'Refunds may leave a debt'],
  ['paid_media_refund', 'Paid media can be given back'],
]);

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {(error: Error) => void} parts.complain
 */
export function choicesGroup({ store, complain }) {
  const toggles = CHOICES.map(([name, label]) => toggle({
    label, testid: `choice-${name}`,
    onchange: async (on) => api.choices().then((now) => api.choose({ ...now, [name]: on })).catch(complain).then(read),
  }));
  const read = refresher(async () => {
    const now = await api.choices();
    CHOICES.forEach(([name], at) => toggles[at].set(now[name]));
  });
  store.watch(['tab', 'line'], read);
  return group('Not known of Telegram', ...toggles.map(({ element }) => element));
}
