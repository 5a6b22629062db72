"""Sales, refunds and the ledger of plain payments."""

import asyncio

from calls import link, refused


async def by_link(w) -> None:
    await refused(w, link(w, 0, "order-0"), "total price must be positive")
    answer = await w.desk.pay(w.buyer, await link(w, 50, "order-1"))
    query = await w.inbox.take("pre_checkout_query")
    assert (query.currency, query.total_amount, query.invoice_payload) == ("XTR", 50, "order-1")
    assert query.from_user.id == w.buyer
    payment = await w.inbox.take("successful_payment")
    assert answer["status"] == "paid"
    assert payment.telegram_payment_charge_id == answer["charge_id"]
    assert (payment.total_amount, payment.invoice_payload, payment.is_recurring) == (50, "order-1", None)
    w.charges["link"] = answer["charge_id"]


async def by_message(w) -> None:
    price = [w.price("Sea", 30)]
    sent = await w.bot.send_invoice(w.buyer, "Sea", "A picture of the sea", "order-2", "XTR", price)
    assert (sent.invoice.total_amount, sent.invoice.currency) == (30, "XTR")
    assert sent.reply_markup.inline_keyboard[0][0].pay
    shown = (await w.desk.chat(w.buyer))[-1]
    answer = await w.desk.pay(w.buyer, shown["invoice_slug"])
    payment = await w.inbox.take("successful_payment")
    assert (payment.invoice_payload, payment.total_amount) == ("order-2", 30)
    w.charges["message"] = answer["charge_id"]


async def two_buyers(w) -> None:
    shared = await link(w, 7, "order-3")
    second = await w.desk.user("Ben", 7)
    charges = {(await w.desk.pay(buyer, shared))["charge_id"] for buyer in (w.buyer, second)}
    told = {(await w.inbox.take("successful_payment")).telegram_payment_charge_id for _ in range(2)}
    assert charges == told and len(told) == 2
    poor = await w.desk.pay(second, shared)
    assert poor["error_code"] == "BALANCE_TOO_LOW", poor


async def says_no(w) -> None:
    w.refusal = "The sea is sold out."
    before = await w.desk.stars(w.buyer)
    answer = await w.desk.pay(w.buyer, await link(w, 5, "order-4"))
    w.refusal = None
    assert (answer["status"], answer["error_message"]) == ("failed", "The sea is sold out."), answer
    assert await w.desk.stars(w.buyer) == before


async def too_late(w) -> None:
    w.refusal = "hold"
    while w.inbox.all("pre_checkout_query"):
        await w.inbox.take("pre_checkout_query")
    paying = asyncio.create_task(w.desk.pay(w.buyer, await link(w, 5, "order-5")))
    query = await w.inbox.take("pre_checkout_query")
    await w.desk.advance(11)
    answer = await paying
    w.refusal = None
    assert answer["error_code"] == "BOT_PRECHECKOUT_TIMEOUT", answer
    await refused(w, query.answer(ok=True), "query is too old")


async def twice(w) -> None:
    answer = await w.desk.pay(w.buyer, await link(w, 6, "order-6"), outcome="double_update")
    first, second = [await w.inbox.take("successful_payment") for _ in range(2)]
    assert first == second and first.telegram_payment_charge_id == answer["charge_id"]


async def ledger(w) -> None:
    everything = (await w.bot.get_star_transactions()).transactions
    assert [row.amount for row in everything] == [50, 30, 7, 7, 6]
    dates = [row.date for row in everything]
    assert dates == sorted(dates)
    page = (await w.bot.get_star_transactions(offset=1, limit=2)).transactions
    assert page == everything[1:3]
    row = everything[0]
    assert row.id == w.charges["link"] and row.receiver is None
    assert (row.source.type, row.source.transaction_type) == ("user", "invoice_payment")
    assert (row.source.user.id, row.source.invoice_payload) == (w.buyer, "order-1")


async def balance(w) -> None:
    assert (await w.bot.get_my_star_balance()).amount == 100


async def refund(w) -> None:
    charge = w.charges["link"]
    before = await w.desk.stars(w.buyer)
    await refused(w, w.bot.refund_star_payment(w.buyer, "no-such-charge"), "CHARGE_ID_INVALID")
    assert await w.bot.refund_star_payment(w.buyer, charge)
    told = await w.inbox.take("refunded_payment")
    assert (told.telegram_payment_charge_id, told.total_amount) == (charge, 50)
    assert told.invoice_payload == "order-1"
    assert await w.desk.stars(w.buyer) == before + 50
    assert (await w.bot.get_my_star_balance()).amount == 50
    row = (await w.bot.get_star_transactions()).transactions[-1]
    assert row.id == charge and row.source is None and row.receiver.user.id == w.buyer


async def refund_again(w) -> None:
    await refused(w, w.bot.refund_star_payment(w.buyer, w.charges["link"]), "CHARGE_ALREADY_REFUNDED")


async def chargeback(w) -> None:
    charge = w.charges["message"]
    await w.desk.chargeback(charge)
    assert (await w.inbox.take("refunded_payment")).telegram_payment_charge_id == charge
    assert (await w.bot.get_my_star_balance()).amount == 20


CHECKS = {
    "createInvoiceLink, pre_checkout_query, successful_payment": by_link,
    "sendInvoice and its payment": by_message,
    "one link paid by two buyers": two_buyers,
    "answerPreCheckoutQuery: refused with a sentence": says_no,
    "answerPreCheckoutQuery: too late": too_late,
    "successful_payment delivered twice": twice,
    "getStarTransactions: paging, order, sides": ledger,
    "getMyStarBalance": balance,
    "refundStarPayment, refunded_payment": refund,
    "refundStarPayment: refused the second time": refund_again,
    "chargeback by the store: refunded_payment, balance": chargeback,
}
