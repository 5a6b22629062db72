/** grammY against the sandbox: sales, refunds and the ledger of plain payments. */

import { deepStrictEqual as same, ok } from 'node:assert';
import { link } from './calls.js';
import { refused } from './refused.js';

const rows = async ({ api }, more) => (await api.getStarTransactions(more)).transactions;

export const stars = {
  async 'createInvoiceLink, pre_checkout_query, successful_payment'(w) {
    await refused(link(w, 0, 'order-0'), 400, 'total price must be positive');
    const answer = await w.desk.pay(w.buyer, await link(w, 50, 'order-1'));
    const { preCheckoutQuery: query } = await w.inbox.take('pre_checkout_query');
    same([query.currency, query.total_amount, query.invoice_payload], ['XTR', 50, 'order-1']);
    same(query.from.id, w.buyer);
    const payment = await w.inbox.take('successful_payment');
    same([answer.status, payment.telegram_payment_charge_id], ['paid', answer.charge_id]);
    same([payment.total_amount, payment.invoice_payload, payment.is_recurring], [50, 'order-1', undefined]);
    w.charges.link = answer.charge_id;
  },
  async 'sendInvoice and its payment'(w) {
    const price = [{ label: 'Sea', amount: 30 }];
    const sent = await w.api.sendInvoice(w.buyer, 'Sea', 'A picture of the sea', 'order-2', 'XTR', price);
    same([sent.invoice.total_amount, sent.invoice.currency], [30, 'XTR']);
    ok(sent.reply_markup.inline_keyboard[0][0].pay);
    const shown = (await w.desk.chat(w.buyer)).at(-1);
    const answer = await w.desk.pay(w.buyer, shown.invoice_slug);
    const payment = await w.inbox.take('successful_payment');
    same([payment.invoice_payload, payment.total_amount], ['order-2', 30]);
    w.charges.message = answer.charge_id;
  },
  async 'one link paid by two buyers'(w) {
    const shared = await link(w, 7, 'order-3');
    const second = await w.desk.user('Ben', 7);
    const charges = new Set();
    for (const buyer of [w.buyer, second]) charges.add((await w.desk.pay(buyer, shared)).charge_id);
    const told = new Set();
    for (let n = 0; n < 2; n++) told.add((await w.inbox.take('successful_payment')).telegram_payment_charge_id);
    same(told, charges);
    same(told.size, 2);
    same((await w.desk.pay(second, shared)).error_code, 'BALANCE_TOO_LOW');
  },
  async 'answerPreCheckoutQuery: refused with a sentence'(w) {
    w.refusal = 'The sea is sold out.';
    const before = await w.desk.stars(w.buyer);
    const answer = await w.desk.pay(w.buyer, await link(w, 5, 'order-4'));
    w.refusal = null;
    same([answer.status, answer.error_message], ['failed', 'The sea is sold out.']);
    same(await w.desk.stars(w.buyer), before);
  },
  async 'answerPreCheckoutQuery: too late'(w) {
    w.refusal = 'hold';
    w.inbox.forget('pre_checkout_query');
    const paying = w.desk.pay(w.buyer, await link(w, 5, 'order-5'));
    const asked = await w.inbox.take('pre_checkout_query');
    await w.desk.advance(11);
    const answer = await paying;
    w.refusal = null;
    same(answer.error_code, 'BOT_PRECHECKOUT_TIMEOUT');
    await refused(asked.answerPreCheckoutQuery(true), 400, 'query is too old');
  },
  async 'successful_payment delivered twice'(w) {
    const answer = await w.desk.pay(w.buyer, await link(w, 6, 'order-6'), 'double_update');
    const [first, second] = [await w.inbox.take('successful_payment'), await w.inbox.take('successful_payment')];
    same(first, second);
    same(first.telegram_payment_charge_id, answer.charge_id);
  },
  async 'getStarTransactions: paging, order, sides'(w) {
    const all = await rows(w);
    same(all.map((row) => row.amount), [50, 30, 7, 7, 6]);
    ok(all.every((row, at) => at === 0 || all[at - 1].date <= row.date));
    same(await rows(w, { offset: 1, limit: 2 }), all.slice(1, 3));
    const [row] = all;
    same([row.id, row.receiver], [w.charges.link, undefined]);
    same([row.source.type, row.source.transaction_type], ['user', 'invoice_payment']);
    same([row.source.user.id, row.source.invoice_payload], [w.buyer, 'order-1']);
  },
  async getMyStarBalance({ api }) {
    same((await api.getMyStarBalance()).amount, 100);
  },
  async 'refundStarPayment, refunded_payment'(w) {
    const before = await w.desk.stars(w.buyer);
    await refused(w.api.refundStarPayment(w.buyer, 'no-such-charge'), 400, 'CHARGE_ID_INVALID');
    ok(await w.api.refundStarPayment(w.buyer, w.charges.link));
    const told = await w.inbox.take('refunded_payment');
    same([told.telegram_payment_charge_id, told.total_amount], [w.charges.link, 50]);
    same(told.invoice_payload, 'order-1');
    same(await w.desk.stars(w.buyer), before + 50);
    same((await w.api.getMyStarBalance()).amount, 50);
    const row = (await rows(w)).at(-1);
    same([row.id, row.source, row.receiver.user.id], [w.charges.link, undefined, w.buyer]);
  },
  'refundStarPayment: refused the second time': (w) =>
    refused(w.api.refundStarPayment(w.buyer, w.charges.link), 400, 'CHARGE_ALREADY_REFUNDED'),
  async 'chargeback by the store: refunded_payment, balance'(w) {
    await w.desk.chargeback(w.charges.message);
    same((await w.inbox.take('refunded_payment')).telegram_payment_charge_id, w.charges.message);
    same((await w.api.getMyStarBalance()).amount, 20);
  },
};
