"""A bot in python-telegram-bot that writes down what it is told, and its sandbox."""

from datetime import datetime, timedelta

from aiohttp import web
from desk import Desk
from picture import PNG
from report import Inbox
from telegram import Bot, InputPaidMediaPhoto, InputSticker, LabeledPrice, Update
from telegram.error import BadRequest
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatJoinRequestHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    PaidMediaPurchasedHandler,
    PreCheckoutQueryHandler,
    TypeHandler,
    filters,
)

SECRET = "a-secret_of-ours"


class World:
    """Everything that the checks share."""

    bad_request = BadRequest
    #: Why the update `subscription` can't be had as a type of the client's.
    unknown_update = (
        "no type for an update of Bot API 10.2; the suite reads it from `Update.api_kwargs`, where "
        "the client keeps what it doesn't know"
    )

    def __init__(self, url: str) -> None:
        self.url = url
        self.desk = Desk(url, "4202:PTB")
        self.application = self.client(self.desk.token)
        self.bot = self.application.bot
        self.inbox = Inbox()
        #: What pre-checkout queries are answered: `None` is yes, a text is no, `"hold"` is nothing.
        self.refusal: str | None = None
        self._add_handlers()
        #: Users, and a group: the buyer, one who came through an affiliate, the group's owner.
        self.buyer = self.referred = self.owner = self.group = 0
        self.charges: dict[str, str] = {}
        #: The name of a sticker set.
        self.pack = ""

    def client(self, token: str) -> Application:
        """A client with nothing set but the addresses."""
        builder = Application.builder().token(token)
        return builder.base_url(f"{self.url}/bot").base_file_url(f"{self.url}/file/bot").build()

    async def tester(self) -> Bot:
        """The same bot, as it would be on Telegram's test servers."""
        return Bot(self.desk.token, base_url=f"{self.url}/bot{{token}}/test")

    @staticmethod
    def photo() -> InputPaidMediaPhoto:
        """A picture that costs."""
        return InputPaidMediaPhoto(PNG)

    @staticmethod
    def file(content: bytes) -> bytes:
        """A file to be uploaded."""
        return content

    @staticmethod
    def sticker(file: bytes | str, emoji: str) -> InputSticker:
        """A sticker of a new file, or of one that is there."""
        return InputSticker(file, [emoji], "static")

    @staticmethod
    def price(label: str, amount: int) -> LabeledPrice:
        return LabeledPrice(label, amount)

    @staticmethod
    def stamp(moment: datetime) -> float:
        """Seconds since 1970."""
        return moment.timestamp()

    @staticmethod
    def seconds(period: int | timedelta) -> float:
        """A period in seconds; the library is on its way from numbers to `timedelta`."""
        return period.total_seconds() if isinstance(period, timedelta) else period

    def _add_handlers(self) -> None:
        def noting(kind: str, find):
            async def note(update: Update, _) -> None:
                self.inbox.put(kind, find(update))

            return note

        async def asked(update: Update, _) -> None:
            query = update.pre_checkout_query
            self.inbox.put("pre_checkout_query", query)
            if self.refusal is None:
                await query.answer(ok=True)
            elif self.refusal != "hold":
                await query.answer(ok=False, error_message=self.refusal)

        def paid(update: Update):
            return update.message.successful_payment

        def refunded(update: Update):
            return update.message.refunded_payment

        status = filters.StatusUpdate
        message, add = (lambda update: update.message), self.application.add_handler
        add(CommandHandler("start", noting("command", message)))
        add(PreCheckoutQueryHandler(asked))
        add(MessageHandler(filters.SUCCESSFUL_PAYMENT, noting("successful_payment", paid)))
        add(MessageHandler(status.REFUNDED_PAYMENT, noting("refunded_payment", refunded)))
        add(MessageHandler(status.WRITE_ACCESS_ALLOWED, noting("write_access_allowed", message)))
        add(CallbackQueryHandler(noting("callback_query", lambda update: update.callback_query)))
        add(PaidMediaPurchasedHandler(noting("purchased_paid_media", lambda update: update.purchased_paid_media)))
        self._note_people(add, noting)

    def _note_people(self, add, noting) -> None:
        change = noting("my_chat_member", lambda update: update.my_chat_member)
        add(ChatMemberHandler(change, ChatMemberHandler.MY_CHAT_MEMBER))
        change = noting("chat_member", lambda update: update.chat_member)
        add(ChatMemberHandler(change, ChatMemberHandler.CHAT_MEMBER))
        add(ChatJoinRequestHandler(noting("chat_join_request", lambda update: update.chat_join_request)))

        async def unknown(update: Update, _) -> None:
            told = update.api_kwargs.get("subscription")
            if told:
                self.inbox.put("subscription", (told["user"]["id"], told["invoice_payload"], told["state"]))

        add(TypeHandler(Update, unknown), 1)

    async def serve(self, failures: int) -> tuple[web.AppRunner, str]:
        """A webhook of our own, as the library's documentation shows, and its address. It fails
        this often before it takes anything."""
        left = [failures]

        async def take(request: web.Request) -> web.Response:
            if left[0] > 0:
                left[0] -= 1
                return web.Response(status=500)
            if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
                return web.Response(status=401)
            update = Update.de_json(await request.json(), self.bot)
            await self.application.update_queue.put(update)
            return web.Response()

        app = web.Application()
        app.router.add_post("/hook", take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"

    async def close(self) -> None:
        if self.application.updater.running:
            await self.application.updater.stop()
        await self.application.stop()
        await self.application.shutdown()
