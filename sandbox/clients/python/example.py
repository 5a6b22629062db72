"""Runs a bot of docs/sandbox.md as a program of its own, and buys from it."""

import asyncio
import os
import sys
from pathlib import Path

from desk import Desk


async def sells(url: str, script: str) -> None:
    """Starts the bot, asks it for an invoice, pays, and waits for its thanks."""
    desk = Desk(url, "4299:EXAMPLE")
    buyer = await desk.user("Edda", 50)
    environment = os.environ | {"SANDBOX": url, "BOT_TOKEN": desk.token}
    path = str(Path(__file__).with_name(script))
    bot = await asyncio.create_subprocess_exec(sys.executable, path, env=environment)
    try:
        await desk.write(buyer, "/buy")
        invoice = await _message(desk, buyer, "invoice_slug")
        answer = await desk.pay(buyer, invoice["invoice_slug"])
        assert answer["status"] == "paid", answer
        thanks = await _message(desk, buyer, "text")
        assert thanks["text"].startswith("Thank you"), thanks
    finally:
        bot.terminate()
        await bot.wait()


async def _message(desk: Desk, user: int, field: str):
    """The newest message of the bot with this field."""
    while True:
        for message in reversed(await desk.chat(user)):
            if field in message and message["from"]["is_bot"]:
                return message
        await asyncio.sleep(0.05)
