"""Calls that several groups of checks make. aiogram and python-telegram-bot name these calls and
fields alike; what differs is in their worlds: `price`, `photo`, `bad_request`, `stamp`, `seconds`.
"""

#: Seconds of a subscription's month, the only period that Telegram takes.
MONTH = 30 * 24 * 3600
#: Seconds of a day.
DAY = 24 * 3600


async def link(w, stars: int, payload: str, bot=None, **more) -> str:
    """An invoice link, by the world's bot or by this one."""
    price = [w.price("Sea", stars)]
    bot = bot or w.bot
    return await bot.create_invoice_link("Sea", "A picture of the sea", payload, "XTR", price, **more)


async def refused(w, call, words: str) -> None:
    """The call must end in a Bad Request with these words."""
    try:
        await call
    except w.bad_request as error:
        assert words.lower() in error.message.lower(), error.message
    else:
        raise AssertionError(f"not refused: {words}")


async def rows(w, offset: int = 0):
    """The bot's transactions, oldest first, without the first ones."""
    return (await w.bot.get_star_transactions(offset=offset)).transactions


async def balance(w) -> tuple[int, int]:
    """What the bot has: whole Stars, and billionths of one."""
    found = await w.bot.get_my_star_balance()
    return found.amount, found.nanostar_amount or 0


async def paid(w, payload: str):
    """The next payment for this payload that the bot is told of."""
    return await w.inbox.take("successful_payment", lambda payment: payment.invoice_payload == payload)


async def sell(w, buyer: int, stars: int, payload: str) -> str:
    """A sale from the link to the message; its charge id."""
    answer = await w.desk.pay(buyer, await link(w, stars, payload))
    payment = await paid(w, payload)
    assert payment.telegram_payment_charge_id == answer["charge_id"], answer
    return answer["charge_id"]
