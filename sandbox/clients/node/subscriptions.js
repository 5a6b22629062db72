/** grammY against the sandbox: subscriptions on its clock, from the first payment to the lapse. */

import { deepStrictEqual as same, ok } from 'node:assert';
import { DAY, MONTH, link, paid, rows } from './calls.js';
import { refused } from './refused.js';

/** A new buyer with a subscription: the buyer's id and the first payment. */
async function subscribe(w, stars, payload, period = MONTH, api = w.api) {
  const buyer = await w.desk.user('Dora', stars);
  await w.desk.pay(buyer, await link(w, 10, payload, { subscription_period: period }, api));
  const payment = await paid(w, payload);
  ok(payment.is_recurring && payment.is_first_recurring);
  return [buyer, payment];
}

/** The next payment of a subscription; its end is this much later, or up to `slack` seconds more. */
async function renewed(w, earlier, seconds = MONTH, slack = 0) {
  const payment = await paid(w, earlier.invoice_payload);
  same([payment.is_recurring, payment.is_first_recurring], [true, undefined]);
  ok(payment.telegram_payment_charge_id !== earlier.telegram_payment_charge_id);
  const later = payment.subscription_expiration_date - earlier.subscription_expiration_date;
  ok(later >= seconds && later <= seconds + slack, `${later}`);
  return payment;
}

/** Nothing was paid: the ledger has no row more, and the bot was told nothing. */
async function over(w, payload, count) {
  same((await rows(w)).length, count);
  ok(w.inbox.all('successful_payment').every((payment) => payment.invoice_payload !== payload));
}

export const subscriptions = {
  async 'subscription of 30 days: first payment'(w) {
    await refused(link(w, 10, 'month-0', { subscription_period: 3600 }), 400, 'SUBSCRIPTION_PERIOD_INVALID');
    const answer = await w.desk.pay(w.buyer, await link(w, 10, 'month-1', { subscription_period: MONTH }));
    const payment = await paid(w, 'month-1');
    ok(payment.is_recurring && payment.is_first_recurring);
    ok(Math.abs(payment.subscription_expiration_date - (await w.desk.now()) - MONTH) < 60);
    same((await rows(w)).at(-1).source.subscription_period, MONTH);
    w.charges.month = answer.charge_id;
  },
  async editUserStarSubscription({ api, buyer, charges }) {
    ok(await api.editUserStarSubscription(buyer, charges.month, true));
    ok(await api.editUserStarSubscription(buyer, charges.month, false));
    await refused(api.editUserStarSubscription(buyer, charges.link, true), 400, 'CHARGE_ID_INVALID');
  },
  async 'subscription renewed: another charge, the same payload, the next end'(w) {
    let [buyer, payment] = await subscribe(w, 100, 'month-2');
    const begun = payment.telegram_payment_charge_id;
    for (let month = 0; month < 2; month++) {
      await w.desk.advance(MONTH);
      payment = await renewed(w, payment);
      const row = (await rows(w)).at(-1);
      same([row.id, row.amount], [payment.telegram_payment_charge_id, 10]);
      same(row.source.subscription_period, MONTH);
    }
    same(await w.desk.stars(buyer), 70);
    await w.desk.subscription(begun, 'cancel');
  },
  async 'subscription canceled by its user, and turned on again'(w) {
    const [buyer, payment] = await subscribe(w, 100, 'month-3');
    const begun = payment.telegram_payment_charge_id;
    await w.desk.subscription(begun, 'cancel');
    await w.desk.subscription(begun, 'reactivate');
    await w.desk.advance(MONTH);
    await renewed(w, payment);
    await w.desk.subscription(begun, 'cancel');
    const { length } = await rows(w);
    await w.desk.advance(MONTH + DAY);
    await over(w, 'month-3', length);
    same(await w.desk.stars(buyer), 80);
  },
  async 'subscription that could not be paid, and is paid late'(w) {
    const [buyer, payment] = await subscribe(w, 15, 'month-4');
    const begun = payment.telegram_payment_charge_id;
    const { length } = await rows(w);
    await w.desk.advance(MONTH + DAY);
    await over(w, 'month-4', length);
    await w.desk.topUp(buyer, 5);
    await w.desk.subscription(begun, 'pay');
    // Paid late, a month begins anew: the day without is not charged.
    await renewed(w, payment, MONTH + DAY, 60);
    await w.desk.subscription(begun, 'cancel');
  },
  async 'editUserStarSubscription: not renewed when stopped, renewed when allowed again'(w) {
    const [buyer, payment] = await subscribe(w, 100, 'month-5');
    const begun = payment.telegram_payment_charge_id;
    ok(await w.api.editUserStarSubscription(buyer, begun, true));
    await w.desk.refuses(w.desk.subscription(begun, 'reactivate'), 'stopped_by_bot');
    ok(await w.api.editUserStarSubscription(buyer, begun, false));
    await w.desk.subscription(begun, 'reactivate');
    await w.desk.advance(MONTH);
    await renewed(w, payment);
    // Always named by its first charge, however often it was renewed.
    ok(await w.api.editUserStarSubscription(buyer, begun, true));
    const { length } = await rows(w);
    await w.desk.advance(MONTH + DAY);
    await over(w, 'month-5', length);
    same(await w.desk.stars(buyer), 80);
  },
  async 'subscription: the update, when canceled, active and failed'(w) {
    const [buyer, payment] = await subscribe(w, 15, 'month-6');
    const begun = payment.telegram_payment_charge_id;
    const told = async () => {
      const update = await w.inbox.take('subscription', (one) => one.invoice_payload === 'month-6');
      same(update.user.id, buyer);
      return update.state;
    };
    await w.desk.subscription(begun, 'cancel');
    same(await told(), 'canceled');
    await w.desk.subscription(begun, 'reactivate');
    same(await told(), 'active');
    await w.desk.advance(MONTH);
    same(await told(), 'failed');
  },
  async 'subscriptions of 60 and 300 seconds, as on the test servers'(w) {
    const { api } = w.client(w.desk.token, { environment: 'test' });
    const wrong = [[60, w.api], [MONTH, api]];
    for (const [subscription_period, by] of wrong) {
      await refused(link(w, 1, 'short-0', { subscription_period }, by), 400, 'SUBSCRIPTION_PERIOD_INVALID');
    }
    for (const period of [60, 300]) {
      const [, payment] = await subscribe(w, 100, `short-${period}`, period, api);
      await w.desk.advance(period);
      await renewed(w, payment, period);
      await w.desk.subscription(payment.telegram_payment_charge_id, 'cancel');
    }
  },
};
