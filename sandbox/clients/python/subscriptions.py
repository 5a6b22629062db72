"""Subscriptions on the sandbox's clock, from the first payment to the lapse."""

from calls import DAY, MONTH, link, paid, refused, rows
from report import Skipped


async def subscribe(w, stars: int, payload: str, bot=None, period: int = MONTH, name: str = "Dora", price: int = 10):
    """A new buyer with a subscription: the buyer's id and the first payment."""
    buyer = await w.desk.user(name, stars)
    await w.desk.pay(buyer, await link(w, price, payload, bot, subscription_period=period))
    payment = await paid(w, payload)
    assert payment.is_recurring and payment.is_first_recurring, payment
    return buyer, payment


async def is_renewed(w, earlier, seconds: int = MONTH, slack: int = 0):
    """The next payment of a subscription, held against the one before: its end is this much later,
    or up to `slack` seconds more."""
    payment = await paid(w, earlier.invoice_payload)
    assert payment.is_recurring and not payment.is_first_recurring, payment
    assert payment.telegram_payment_charge_id != earlier.telegram_payment_charge_id
    before, after = [w.stamp(one.subscription_expiration_date) for one in (earlier, payment)]
    assert 0 <= after - before - seconds <= slack, (before, after)
    return payment


async def is_over(w, payload: str, count: int) -> None:
    """Nothing was paid: the ledger has no row more, and the bot was told nothing."""
    assert len(await rows(w)) == count
    waiting = [payment.invoice_payload for payment in w.inbox.all("successful_payment")]
    assert payload not in waiting, waiting


async def first(w) -> None:
    await refused(w, link(w, 10, "month-0", subscription_period=3600), "SUBSCRIPTION_PERIOD_INVALID")
    answer = await w.desk.pay(w.buyer, await link(w, 10, "month-1", subscription_period=MONTH))
    payment = await paid(w, "month-1")
    assert payment.is_recurring and payment.is_first_recurring
    now = await w.desk.now()
    assert abs(w.stamp(payment.subscription_expiration_date) - now - MONTH) < 60
    row = (await rows(w))[-1]
    assert w.seconds(row.source.subscription_period) == MONTH
    w.charges["month"] = answer["charge_id"]


async def edit(w) -> None:
    assert await w.bot.edit_user_star_subscription(w.buyer, w.charges["month"], is_canceled=True)
    assert await w.bot.edit_user_star_subscription(w.buyer, w.charges["month"], is_canceled=False)
    wrong = w.bot.edit_user_star_subscription(w.buyer, w.charges["link"], is_canceled=True)
    await refused(w, wrong, "CHARGE_ID_INVALID")


async def renewed(w) -> None:
    buyer, payment = await subscribe(w, 100, "month-2")
    begun = payment.telegram_payment_charge_id
    for _ in range(2):
        await w.desk.advance(MONTH)
        payment = await is_renewed(w, payment)
        row = (await rows(w))[-1]
        assert (row.id, row.amount) == (payment.telegram_payment_charge_id, 10), row
        assert w.seconds(row.source.subscription_period) == MONTH
    assert await w.desk.stars(buyer) == 70
    await w.desk.subscription(begun, "cancel")


async def canceled(w) -> None:
    buyer, payment = await subscribe(w, 100, "month-3")
    begun = payment.telegram_payment_charge_id
    await w.desk.subscription(begun, "cancel")
    await w.desk.subscription(begun, "reactivate")
    await w.desk.advance(MONTH)
    payment = await is_renewed(w, payment)
    await w.desk.subscription(begun, "cancel")
    count = len(await rows(w))
    await w.desk.advance(MONTH + DAY)
    await is_over(w, "month-3", count)
    assert await w.desk.stars(buyer) == 80


async def failed(w) -> None:
    buyer, payment = await subscribe(w, 15, "month-4")
    begun = payment.telegram_payment_charge_id
    count = len(await rows(w))
    await w.desk.advance(MONTH + DAY)
    await is_over(w, "month-4", count)
    await w.desk.top_up(buyer, 5)
    await w.desk.subscription(begun, "pay")
    # Paid late, a month begins anew: the day without is not charged.
    await is_renewed(w, payment, MONTH + DAY, slack=60)
    await w.desk.subscription(begun, "cancel")


async def stopped(w) -> None:
    buyer, payment = await subscribe(w, 100, "month-5")
    begun = payment.telegram_payment_charge_id
    assert await w.bot.edit_user_star_subscription(buyer, begun, is_canceled=True)
    assert await w.desk.refuses(w.desk.subscription(begun, "reactivate"), "stopped_by_bot")
    assert await w.bot.edit_user_star_subscription(buyer, begun, is_canceled=False)
    await w.desk.subscription(begun, "reactivate")
    await w.desk.advance(MONTH)
    payment = await is_renewed(w, payment)
    # Always named by its first charge, however often it was renewed.
    assert await w.bot.edit_user_star_subscription(buyer, begun, is_canceled=True)
    count = len(await rows(w))
    await w.desk.advance(MONTH + DAY)
    await is_over(w, "month-5", count)
    assert await w.desk.stars(buyer) == 80


async def told(w) -> None:
    buyer, payment = await subscribe(w, 15, "month-6")
    begun = payment.telegram_payment_charge_id

    async def state() -> str:
        of_user, payload, state = await w.inbox.take("subscription", lambda told: told[1] == "month-6")
        assert of_user == buyer
        return state

    for action, expected in (("cancel", "canceled"), ("reactivate", "active")):
        await w.desk.subscription(begun, action)
        assert await state() == expected
    await w.desk.advance(MONTH)
    assert await state() == "failed"
    if w.unknown_update:
        raise Skipped(w.unknown_update)


async def short(w) -> None:
    tester = await w.tester()
    await refused(w, link(w, 1, "short-0", subscription_period=60), "SUBSCRIPTION_PERIOD_INVALID")
    wrong = link(w, 1, "short-0", tester, subscription_period=MONTH)
    await refused(w, wrong, "SUBSCRIPTION_PERIOD_INVALID")
    for period in (60, 300):
        _, payment = await subscribe(w, 100, f"short-{period}", tester, period)
        await w.desk.advance(period)
        await is_renewed(w, payment, period)
        await w.desk.subscription(payment.telegram_payment_charge_id, "cancel")


CHECKS = {
    "subscription of 30 days: first payment": first,
    "editUserStarSubscription": edit,
    "subscription renewed: another charge, the same payload, the next end": renewed,
    "subscription canceled by its user, and turned on again": canceled,
    "subscription that could not be paid, and is paid late": failed,
    "editUserStarSubscription: not renewed when stopped, renewed when allowed again": stopped,
    "subscription: the update, when canceled, active and failed": told,
    "subscriptions of 60 and 300 seconds, as on the test servers": short,
}
