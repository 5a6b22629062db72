/** grammY against the sandbox: what is bought and given without an invoice. */

import { deepStrictEqual as same, ok } from 'node:assert';
import { InputFile } from 'grammy';
import { balance, rows, sell } from './calls.js';
import { PNG } from './picture.js';
import { refused } from './refused.js';

const gifts = async ({ api }) => (await api.getAvailableGifts()).gifts;
const photo = () => ({ type: 'photo', media: new InputFile(PNG, 'sea.png') });

export const goods = {
  async 'sendPaidMedia, purchased_paid_media'(w) {
    const buyer = await w.desk.user('Fay', 100);
    await w.desk.write(buyer, '/start media');
    await w.inbox.take('command', (message) => message.from.id === buyer);
    const [{ length }, [before]] = [await rows(w), await balance(w)];
    await refused(w.api.sendPaidMedia(buyer, 25_001, [photo()]), 400, 'price');
    const sent = await w.api.sendPaidMedia(buyer, 40, [photo(), photo()], { payload: 'sea-7', caption: 'Two seas' });
    same([sent.paid_media.star_count, sent.caption], [40, 'Two seas']);
    same(sent.paid_media.paid_media.map(({ type }) => type), ['photo', 'photo']);
    const bought = await w.desk.buyMedia(buyer, sent.message_id);
    const purchase = await w.inbox.take('purchased_paid_media');
    same([purchase.from.id, purchase.paid_media_payload], [buyer, 'sea-7']);
    same([await w.desk.stars(buyer), (await balance(w))[0]], [60, before + 40]);
    const [row, ...more] = await rows(w, length);
    same([row.id, row.amount, row.receiver, more.length], [bought.charge_id, 40, undefined, 0]);
    same([row.source.transaction_type, row.source.user.id], ['paid_media_payment', buyer]);
    same(row.source.paid_media_payload, 'sea-7');
    same(row.source.paid_media.map(({ type }) => type), ['photo', 'photo']);
  },
  async 'getAvailableGifts, sendGift'(w) {
    await sell(w, await w.desk.user('Gil', 5000), 3000, 'means');
    const receiver = await w.desk.user('Hal');
    await w.desk.write(receiver, '/start gifts');
    const [{ length }, [before]] = [await rows(w), await balance(w)];
    const gift = (await gifts(w)).find((one) => one.upgrade_star_count);
    ok(gift.sticker.emoji && gift.id);
    await refused(w.api.sendGift(receiver, '1'), 400, 'STARGIFT_INVALID');
    ok(await w.api.sendGift(receiver, gift.id, { text: 'For you', pay_for_upgrade: true }));
    const price = gift.star_count + gift.upgrade_star_count;
    same((await balance(w))[0], before - price);
    const [row] = await rows(w, length);
    same([row.amount, row.source], [price, undefined]);
    same([row.receiver.transaction_type, row.receiver.user.id], ['gift_purchase', receiver]);
    same(row.receiver.gift.id, gift.id);
    const seen = (await w.desk.chat(receiver)).at(-1).gift;
    same([seen.gift.id, seen.text], [gift.id, 'For you']);
  },
  async 'sendGift: a limited one is sold out'(w) {
    const receiver = await w.desk.user('Ida');
    const limited = async () => (await gifts(w)).find((one) => one.total_count);
    const { id, remaining_count } = await limited();
    for (let left = remaining_count - 1; left >= 0; left--) {
      await w.api.sendGift(receiver, id);
      same((await limited()).remaining_count, left);
    }
    await refused(w.api.sendGift(receiver, id), 400, 'STARGIFT_USAGE_LIMITED');
  },
  async giftPremiumSubscription(w) {
    const receiver = await w.desk.user('Jim');
    const [{ length }, [before]] = [await rows(w), await balance(w)];
    await refused(w.api.giftPremiumSubscription(receiver, 3, 999), 400, 'STARS_FORM_AMOUNT_MISMATCH');
    ok(await w.api.giftPremiumSubscription(receiver, 3, 1000));
    same((await balance(w))[0], before - 1000);
    const [row] = await rows(w, length);
    same([row.amount, row.source], [1000, undefined]);
    same([row.receiver.transaction_type, row.receiver.user.id], ['premium_purchase', receiver]);
    same(row.receiver.premium_subscription_duration, 3);
    ok((await w.desk.person(receiver)).is_premium);
    await refused(w.api.giftPremiumSubscription(receiver, 12, 2500), 400, 'BALANCE_TOO_LOW');
  },
};
