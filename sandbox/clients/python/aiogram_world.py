"""A bot in aiogram that writes down what it is told, and its sandbox."""

import asyncio
from datetime import datetime

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import (
    BotSubscriptionUpdated,
    BufferedInputFile,
    CallbackQuery,
    ChatJoinRequest,
    ChatMemberUpdated,
    InputPaidMediaPhoto,
    InputSticker,
    LabeledPrice,
    Message,
    PaidMediaPurchased,
    PreCheckoutQuery,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from desk import Desk
from picture import PNG
from report import Inbox

SECRET = "a-secret_of-ours"


class World:
    """Everything that the checks share."""

    bad_request = TelegramBadRequest
    #: Why the update `subscription` can't be had as a type of the client's.
    unknown_update = None

    def __init__(self, url: str) -> None:
        self.url = url
        self.desk = Desk(url, "4201:AIOGRAM")
        self.bot = self.client(self.desk.token)
        self.inbox = Inbox()
        #: What pre-checkout queries are answered: `None` is yes, a text is no, `"hold"` is nothing.
        self.refusal: str | None = None
        self.dispatcher = self._dispatcher()
        self._polling: asyncio.Task | None = None
        self._tester: Bot | None = None
        #: Users, and a group: the buyer, one who came through an affiliate, the group's owner.
        self.buyer = self.referred = self.owner = self.group = 0
        self.charges: dict[str, str] = {}
        #: The name of a sticker set.
        self.pack = ""

    def client(self, token: str) -> Bot:
        """A client with nothing set but the address."""
        return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(self.url)))

    async def tester(self) -> Bot:
        """The same bot, as it would be on Telegram's test servers."""
        address = f"{self.url}/bot{{token}}/test/{{method}}"
        self._tester = self._tester or Bot(
            self.desk.token, session=AiohttpSession(api=TelegramAPIServer(base=address, file=address))
        )
        return self._tester

    @staticmethod
    def photo() -> InputPaidMediaPhoto:
        """A picture that costs."""
        return InputPaidMediaPhoto(media=BufferedInputFile(PNG, "sea.png"))

    @staticmethod
    def file(content: bytes) -> BufferedInputFile:
        """A file to be uploaded."""
        return BufferedInputFile(content, "sea.png")

    @classmethod
    def sticker(cls, file: bytes | str, emoji: str) -> InputSticker:
        """A sticker of a new file, or of one that is there."""
        handle = file if isinstance(file, str) else cls.file(file)
        return InputSticker(sticker=handle, format="static", emoji_list=[emoji])

    @staticmethod
    def price(label: str, amount: int) -> LabeledPrice:
        return LabeledPrice(label=label, amount=amount)

    @staticmethod
    def stamp(moment: int | datetime) -> float:
        """Seconds since 1970; aiogram leaves some fields as they came."""
        return moment.timestamp() if isinstance(moment, datetime) else moment

    @staticmethod
    def seconds(period: int) -> int:
        """A period in seconds; this one too."""
        return period

    def _dispatcher(self) -> Dispatcher:
        dispatcher, inbox = Dispatcher(), self.inbox

        @dispatcher.message(Command("start"))
        async def start(message: Message) -> None:
            inbox.put("command", message)

        @dispatcher.message(F.successful_payment)
        async def paid(message: Message) -> None:
            inbox.put("successful_payment", message.successful_payment)

        @dispatcher.message(F.refunded_payment)
        async def refunded(message: Message) -> None:
            inbox.put("refunded_payment", message.refunded_payment)

        @dispatcher.message(F.write_access_allowed)
        async def allowed(message: Message) -> None:
            inbox.put("write_access_allowed", message)

        @dispatcher.callback_query()
        async def pressed(query: CallbackQuery) -> None:
            inbox.put("callback_query", query)

        @dispatcher.my_chat_member()
        async def member(change: ChatMemberUpdated) -> None:
            inbox.put("my_chat_member", change)

        self._note_people(dispatcher)

        @dispatcher.pre_checkout_query()
        async def asked(query: PreCheckoutQuery) -> None:
            inbox.put("pre_checkout_query", query)
            if self.refusal is None:
                await query.answer(ok=True)
            elif self.refusal != "hold":
                await query.answer(ok=False, error_message=self.refusal)

        return dispatcher

    def _note_people(self, dispatcher: Dispatcher) -> None:
        inbox = self.inbox

        @dispatcher.chat_member()
        async def moved(change: ChatMemberUpdated) -> None:
            inbox.put("chat_member", change)

        @dispatcher.chat_join_request()
        async def wants_in(request: ChatJoinRequest) -> None:
            inbox.put("chat_join_request", request)

        @dispatcher.purchased_paid_media()
        async def bought(purchase: PaidMediaPurchased) -> None:
            inbox.put("purchased_paid_media", purchase)

        @dispatcher.subscription()
        async def changed(update: BotSubscriptionUpdated) -> None:
            inbox.put("subscription", (update.user.id, update.invoice_payload, update.state))

    def poll(self) -> None:
        """Begins to ask for updates."""
        polling = self.dispatcher.start_polling(
            self.bot, handle_signals=False, close_bot_session=False, polling_timeout=5
        )
        self._polling = asyncio.create_task(polling)

    async def stop_polling(self) -> None:
        await self.dispatcher.stop_polling()
        await self._polling

    async def serve(self, failures: int) -> tuple[web.AppRunner, str]:
        """aiogram's own webhook server and its address. It fails this often before it takes
        anything, and answers 401 by itself when the secret is missing or wrong."""
        left = [failures]

        @web.middleware
        async def failing(request, handler):
            if left[0] > 0:
                left[0] -= 1
                return web.Response(status=500)
            return await handler(request)

        app = web.Application(middlewares=[failing])
        handler = SimpleRequestHandler(self.dispatcher, self.bot, secret_token=SECRET)
        handler.register(app, path="/hook")
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"

    async def close(self) -> None:
        if self._polling and not self._polling.done():
            await self.stop_polling()
        for bot in filter(None, (self.bot, self._tester)):
            await bot.session.close()
