"""What is bought and given without an invoice: paid media, gifts, Premium."""

from calls import balance, refused, rows, sell


async def media(w) -> None:
    buyer = await w.desk.user("Fay", 100)
    await w.desk.write(buyer, "/start media")
    await w.inbox.take("command", lambda message: message.from_user.id == buyer)
    count, before = len(await rows(w)), await balance(w)
    wrong = w.bot.send_paid_media(buyer, 25_001, [w.photo()])
    await refused(w, wrong, "price")
    sent = await w.bot.send_paid_media(buyer, 40, [w.photo(), w.photo()], payload="sea-7", caption="Two seas")
    assert (sent.paid_media.star_count, sent.caption) == (40, "Two seas")
    assert [item.type for item in sent.paid_media.paid_media] == ["photo", "photo"]
    bought = await w.desk.buy_media(buyer, sent.message_id)
    purchase = await w.inbox.take("purchased_paid_media")
    assert (purchase.from_user.id, purchase.paid_media_payload) == (buyer, "sea-7")
    assert await w.desk.stars(buyer) == 60
    assert await balance(w) == (before[0] + 40, before[1])
    (row,) = await rows(w, count)
    assert (row.id, row.amount, row.receiver) == (bought["charge_id"], 40, None)
    assert row.source.transaction_type == "paid_media_payment"
    assert (row.source.user.id, row.source.paid_media_payload) == (buyer, "sea-7")
    assert [item.type for item in row.source.paid_media] == ["photo", "photo"]


async def gifts(w) -> None:
    rich = await w.desk.user("Gil", 5000)
    await sell(w, rich, 3000, "means")
    receiver = await w.desk.user("Hal")
    await w.desk.write(receiver, "/start gifts")
    count, before = len(await rows(w)), await balance(w)
    known = (await w.bot.get_available_gifts()).gifts
    gift = next(gift for gift in known if gift.upgrade_star_count)
    assert gift.sticker.emoji and gift.id
    await refused(w, w.bot.send_gift("1", user_id=receiver), "STARGIFT_INVALID")
    assert await w.bot.send_gift(gift.id, user_id=receiver, text="For you", pay_for_upgrade=True)
    price = gift.star_count + gift.upgrade_star_count
    assert await balance(w) == (before[0] - price, before[1])
    (row,) = await rows(w, count)
    assert (row.amount, row.source) == (price, None)
    assert row.receiver.transaction_type == "gift_purchase"
    assert (row.receiver.user.id, row.receiver.gift.id) == (receiver, gift.id)
    seen = (await w.desk.chat(receiver))[-1]["gift"]
    assert (seen["gift"]["id"], seen["text"]) == (gift.id, "For you")


async def limited(w) -> None:
    receiver = await w.desk.user("Ida")
    known = (await w.bot.get_available_gifts()).gifts
    gift = next(gift for gift in known if gift.total_count)
    for left in reversed(range(gift.remaining_count)):
        await w.bot.send_gift(gift.id, user_id=receiver)
        found = (await w.bot.get_available_gifts()).gifts
        assert next(one for one in found if one.id == gift.id).remaining_count == left
    await refused(w, w.bot.send_gift(gift.id, user_id=receiver), "STARGIFT_USAGE_LIMITED")


async def premium(w) -> None:
    receiver = await w.desk.user("Jim")
    count, before = len(await rows(w)), await balance(w)
    wrong = w.bot.gift_premium_subscription(receiver, month_count=3, star_count=999)
    await refused(w, wrong, "STARS_FORM_AMOUNT_MISMATCH")
    assert await w.bot.gift_premium_subscription(receiver, month_count=3, star_count=1000)
    assert await balance(w) == (before[0] - 1000, before[1])
    (row,) = await rows(w, count)
    assert (row.amount, row.source) == (1000, None)
    assert row.receiver.transaction_type == "premium_purchase"
    assert row.receiver.premium_subscription_duration == 3
    assert row.receiver.user.id == receiver
    assert (await w.desk.person(receiver))["is_premium"]
    poor = w.bot.gift_premium_subscription(receiver, month_count=12, star_count=2500)
    await refused(w, poor, "BALANCE_TOO_LOW")


CHECKS = {
    "sendPaidMedia, purchased_paid_media": media,
    "getAvailableGifts, sendGift": gifts,
    "sendGift: a limited one is sold out": limited,
    "giftPremiumSubscription": premium,
}
