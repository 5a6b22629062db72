/** Calls that several groups of checks make. */

import { deepStrictEqual as same } from 'node:assert';

/** Seconds of a subscription's month, the only period that Telegram takes. */
export const MONTH = 30 * 24 * 3600;
/** Seconds of a day. */
export const DAY = 24 * 3600;

/** An invoice link, by the world's bot or by this one's API. */
export const link = (w, amount, payload, more = {}, api = w.api) =>
  api.createInvoiceLink('Sea', 'A picture of the sea', payload, '', 'XTR', [{ label: 'Sea', amount }], more);

/** The bot's transactions, oldest first, without the first ones. */
export const rows = async ({ api }, offset = 0) => (await api.getStarTransactions({ offset })).transactions;

/** What the bot has: whole Stars, and billionths of one. */
export async function balance({ api }) {
  const { amount, nanostar_amount = 0 } = await api.getMyStarBalance();
  return [amount, nanostar_amount];
}

/** The next payment for this payload that the bot is told of. */
export const paid = ({ inbox }, payload) =>
  inbox.take('successful_payment', (payment) => payment.invoice_payload === payload);

/** A sale from the link to the message; its charge id. */
export async function sell(w, buyer, amount, payload) {
  const answer = await w.desk.pay(buyer, await link(w, amount, payload));
  same((await paid(w, payload)).telegram_payment_charge_id, answer.charge_id);
  return answer.charge_id;
}
