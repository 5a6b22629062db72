/** grammY against the sandbox: affiliates, withdrawals, debts, and rows of other kinds. */

import { deepStrictEqual as same, ok } from 'node:assert';
import { DAY, balance, rows, sell } from './calls.js';
import { refused } from './refused.js';

/** Seconds for which Telegram holds Stars back before they can be withdrawn, and a day more. */
const HOLD = 22 * DAY;
/** The smallest withdrawal. */
const LEAST = 1000;

export const books = {
  async 'affiliate: a cut to the billionth of a Star'(w) {
    const [buyer, friend] = [await w.desk.user('Kim', 100), await w.desk.user('Lou')];
    await w.desk.refer(buyer, friend, 55);
    const [{ length }, [stars, nanos]] = [await rows(w), await balance(w)];
    w.charges.referred = await sell(w, buyer, 25, 'referred');
    const [row] = await rows(w, length);
    same([row.amount, row.nanostar_amount], [23, 625_000_000]);
    const { affiliate } = row.source;
    same([affiliate.amount, affiliate.nanostar_amount], [1, 375_000_000]);
    same([affiliate.commission_per_mille, affiliate.affiliate_user.id], [55, friend]);
    same(await balance(w), [stars + 23, nanos + 625_000_000]);
    w.referred = buyer;
  },
  async 'affiliate: the cut comes back with a refund'(w) {
    const { length } = await rows(w);
    ok(await w.api.refundStarPayment(w.referred, w.charges.referred));
    const [row] = await rows(w, length);
    same([row.id, row.amount, row.nanostar_amount], [w.charges.referred, 23, 625_000_000]);
    const { affiliate } = row.receiver;
    same([affiliate.amount, affiliate.nanostar_amount], [-1, -375_000_000]);
    same((await balance(w))[1], 0);
  },
  async 'withdrawals: pending, succeeded, failed'(w) {
    w.charges.large = await sell(w, await w.desk.user('Mia', 10_000), 3000, 'large');
    await w.desk.refuses(w.desk.withdraw((await balance(w))[0]), 'balance_too_low');
    await w.desk.advance(HOLD);
    const [{ length }, [before]] = [await rows(w), await balance(w)];
    const [kept, lost] = [await w.desk.withdraw(2000), await w.desk.withdraw(LEAST)];
    same((await balance(w))[0], before - 3000);
    for (const { source, receiver } of await rows(w, length)) {
      same([receiver.type, receiver.withdrawal_state.type, source], ['fragment', 'pending', undefined]);
    }
    await w.desk.endWithdrawal(kept, 'succeeded');
    await w.desk.endWithdrawal(lost, 'failed');
    const [good, bad, back] = await rows(w, length);
    const { type, url, date } = good.receiver.withdrawal_state;
    same([good.id, good.amount, type], [kept, 2000, 'succeeded']);
    ok(url.startsWith('https://fragment.com/') && Math.abs(date - (await w.desk.now())) < 60);
    same([bad.id, bad.receiver.withdrawal_state.type], [lost, 'failed']);
    same([back.id, back.source, back.receiver], [lost, { type: 'fragment' }, undefined]);
    same((await balance(w))[0], before - 2000);
  },
  async 'balance below zero, after a chargeback of what was withdrawn'(w) {
    await w.desk.advance(HOLD);
    await w.desk.withdraw((await balance(w))[0] - 500);
    await w.desk.chargeback(w.charges.large);
    await w.inbox.take('refunded_payment', (told) => told.telegram_payment_charge_id === w.charges.large);
    same((await balance(w))[0], 500 - 3000);
    const buyer = await w.desk.user('Ned', 10);
    const charge = await sell(w, buyer, 10, 'in-debt');
    same((await balance(w))[0], 510 - 3000);
    await refused(w.api.refundStarPayment(buyer, charge), 400, 'BALANCE_TOO_LOW');
  },
  async 'getStarTransactions: advertising, broadcasts, affiliate programs, others'(w) {
    const sponsor_user = { id: await w.desk.user('Oda'), is_bot: false, first_name: 'Oda' };
    const { length } = await rows(w);
    await w.desk.book('out', 300, { type: 'telegram_ads' });
    await w.desk.book('out', 4, { type: 'telegram_api', request_count: 40 });
    await w.desk.book('in', 1, { type: 'affiliate_program', commission_per_mille: 70, sponsor_user }, 500_000_000);
    await w.desk.book('in', 2, { type: 'other' });
    const [ads, api, share, other] = await rows(w, length);
    same([ads.amount, ads.receiver], [300, { type: 'telegram_ads' }]);
    same([api.receiver.type, api.receiver.request_count], ['telegram_api', 40]);
    same([share.amount, share.nanostar_amount], [1, 500_000_000]);
    same([share.source.commission_per_mille, share.source.sponsor_user.id], [70, sponsor_user.id]);
    same([other.amount, other.source], [2, { type: 'other' }]);
  },
};
