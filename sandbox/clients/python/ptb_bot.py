"""A shop of one thing, in python-telegram-bot: /buy sends an invoice, a payment brings the thing."""

import os

from telegram import LabeledPrice, Update
from telegram.ext import Application, CommandHandler, MessageHandler, PreCheckoutQueryHandler, filters

SANDBOX = os.environ.get("SANDBOX", "http://127.0.0.1:8081")
TOKEN = os.environ.get("BOT_TOKEN", "42:TEST")


async def offer(update: Update, _) -> None:
    price = [LabeledPrice("Postcard", 50)]
    await update.message.reply_invoice("Postcard", "A picture of the sea", "postcard-1", "XTR", price)


async def approve(update: Update, _) -> None:
    query = update.pre_checkout_query
    known = query.invoice_payload == "postcard-1"
    await query.answer(ok=known, error_message="This is not for sale any more.")


async def deliver(update: Update, _) -> None:
    await update.message.reply_text("Thank you! Here is the sea: 🌊")


application = (
    Application.builder()
    .token(TOKEN)
    .base_url(f"{SANDBOX}/bot")
    .base_file_url(f"{SANDBOX}/file/bot")
    .build()
)
application.add_handler(CommandHandler("buy", offer))
application.add_handler(PreCheckoutQueryHandler(approve))
application.add_handler(MessageHandler(filters.SUCCESSFUL_PAYMENT, deliver))

if __name__ == "__main__":
    application.run_polling()
