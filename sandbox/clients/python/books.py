"""A bot's books beyond plain sales: affiliates, withdrawals, debts, and rows of other kinds."""

from calls import DAY, balance, refused, rows, sell

#: Seconds for which Telegram holds Stars back before they can be withdrawn, and a day more.
HOLD = 22 * DAY
#: The smallest withdrawal.
LEAST = 1000


async def affiliate(w) -> None:
    buyer, friend = await w.desk.user("Kim", 100), await w.desk.user("Lou")
    await w.desk.refer(buyer, friend, 55)
    count, before = len(await rows(w)), await balance(w)
    w.charges["referred"] = await sell(w, buyer, 25, "referred")
    (row,) = await rows(w, count)
    assert (row.amount, row.nanostar_amount) == (23, 625_000_000), row
    cut = row.source.affiliate
    assert (cut.amount, cut.nanostar_amount, cut.commission_per_mille) == (1, 375_000_000, 55)
    assert cut.affiliate_user.id == friend
    assert await balance(w) == (before[0] + 23, before[1] + 625_000_000)
    w.referred = buyer


async def affiliate_back(w) -> None:
    count = len(await rows(w))
    assert await w.bot.refund_star_payment(w.referred, w.charges["referred"])
    (row,) = await rows(w, count)
    assert (row.id, row.amount, row.nanostar_amount) == (w.charges["referred"], 23, 625_000_000)
    cut = row.receiver.affiliate
    assert (cut.amount, cut.nanostar_amount) == (-1, -375_000_000), cut
    assert (await balance(w))[1] == 0


async def withdrawals(w) -> None:
    rich = await w.desk.user("Mia", 10_000)
    w.charges["large"] = await sell(w, rich, 3000, "large")
    everything = (await balance(w))[0]
    assert await w.desk.refuses(w.desk.withdraw(everything), "balance_too_low")
    await w.desk.advance(HOLD)
    count, before = len(await rows(w)), (await balance(w))[0]
    kept, lost = await w.desk.withdraw(2000), await w.desk.withdraw(LEAST)
    assert (await balance(w))[0] == before - 3000
    for row in await rows(w, count):
        assert (row.receiver.type, row.source) == ("fragment", None)
        assert row.receiver.withdrawal_state.type == "pending"
    await w.desk.end_withdrawal(kept, "succeeded")
    await w.desk.end_withdrawal(lost, "failed")
    good, bad, back = await rows(w, count)
    assert (good.id, good.amount, good.receiver.withdrawal_state.type) == (kept, 2000, "succeeded")
    assert good.receiver.withdrawal_state.url.startswith("https://fragment.com/")
    assert abs(w.stamp(good.receiver.withdrawal_state.date) - await w.desk.now()) < 60
    assert (bad.id, bad.receiver.withdrawal_state.type) == (lost, "failed")
    assert (back.id, back.source.type, back.receiver) == (lost, "fragment", None)
    assert back.source.withdrawal_state is None
    assert (await balance(w))[0] == before - 2000


async def debt(w) -> None:
    await w.desk.advance(HOLD)
    await w.desk.withdraw((await balance(w))[0] - 500)
    left = (await balance(w))[0]
    await w.desk.chargeback(w.charges["large"])
    await w.inbox.take(
        "refunded_payment", lambda told: told.telegram_payment_charge_id == w.charges["large"]
    )
    assert (await balance(w))[0] == left - 3000 < 0
    buyer = await w.desk.user("Ned", 10)
    charge = await sell(w, buyer, 10, "in-debt")
    assert (await balance(w))[0] == left - 2990
    await refused(w, w.bot.refund_star_payment(buyer, charge), "BALANCE_TOO_LOW")


async def others(w) -> None:
    sponsor = await w.desk.user("Oda")
    count = len(await rows(w))
    await w.desk.book("out", 300, {"type": "telegram_ads"})
    await w.desk.book("out", 4, {"type": "telegram_api", "request_count": 40})
    user = {"id": sponsor, "is_bot": False, "first_name": "Oda"}
    program = {"type": "affiliate_program", "commission_per_mille": 70, "sponsor_user": user}
    await w.desk.book("in", 1, program, 500_000_000)
    await w.desk.book("in", 2, {"type": "other"})
    ads, api, share, other = await rows(w, count)
    assert (ads.amount, ads.receiver.type) == (300, "telegram_ads")
    assert (api.receiver.type, api.receiver.request_count) == ("telegram_api", 40)
    assert (share.amount, share.nanostar_amount) == (1, 500_000_000)
    assert (share.source.commission_per_mille, share.source.sponsor_user.id) == (70, sponsor)
    assert (other.source.type, other.amount) == ("other", 2)


CHECKS = {
    "affiliate: a cut to the billionth of a Star": affiliate,
    "affiliate: the cut comes back with a refund": affiliate_back,
    "withdrawals: pending, succeeded, failed": withdrawals,
    "balance below zero, after a chargeback of what was withdrawn": debt,
    "getStarTransactions: advertising, broadcasts, affiliate programs, others": others,
}
