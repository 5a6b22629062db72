"""A shop of one thing, in aiogram 3: /buy sends an invoice, a payment brings the thing."""

import asyncio
import os

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import LabeledPrice, Message, PreCheckoutQuery

sandbox = TelegramAPIServer.from_base(os.environ.get("SANDBOX", "http://127.0.0.1:8081"))
bot = Bot(os.environ.get("BOT_TOKEN", "42:TEST"), session=AiohttpSession(api=sandbox))
dispatcher = Dispatcher()


@dispatcher.message(Command("buy"))
async def offer(message: Message) -> None:
    price = [LabeledPrice(label="Postcard", amount=50)]
    await message.answer_invoice("Postcard", "A picture of the sea", "postcard-1", "XTR", price)


@dispatcher.pre_checkout_query()
async def approve(query: PreCheckoutQuery) -> None:
    known = query.invoice_payload == "postcard-1"
    await query.answer(ok=known, error_message="This is not for sale any more.")


@dispatcher.message(F.successful_payment)
async def deliver(message: Message) -> None:
    await message.answer("Thank you! Here is the sea: 🌊")


if __name__ == "__main__":
    asyncio.run(dispatcher.start_polling(bot))
