"""aiogram 3 against the sandbox: the bot, its updates, its messages, people and errors."""

import asyncio
import os
import time

import aiogram
import aiogram_init_data
import books
import communities
import example
import goods
import stars
import stickers
import subscriptions
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)
from aiogram.utils.web_app import safe_parse_webapp_init_data
from aiogram_world import SECRET, World
from picture import PNG
from report import Suite

suite = Suite("aiogram", aiogram.__version__)


def plain(objects: list) -> list:
    """What objects hold: aiogram's own comparison also looks at the bot behind them."""
    return [found.model_dump(exclude_none=True) for found in objects]


async def settled(w: World) -> None:
    """Waits until our 200 has reached the sandbox: an update without it would come again."""
    while (await w.bot.get_webhook_info()).pending_update_count:
        await asyncio.sleep(0.02)


@suite.check("getMe")
async def get_me(w: World) -> None:
    me = await w.bot.get_me()
    assert me.id == 4201 and me.is_bot and me.username, me
    w.buyer = await w.desk.user("Ada", 1000)


@suite.check("setMyCommands, getMyCommands, deleteMyCommands")
async def commands(w: World) -> None:
    wanted = [BotCommand(command="start", description="Begin"), BotCommand(command="buy", description="Buy")]
    await w.bot.set_my_commands(wanted)
    assert plain(await w.bot.get_my_commands()) == plain(wanted)
    await w.bot.delete_my_commands()
    assert await w.bot.get_my_commands() == []


@suite.check("setMyName, setMyDescription, setMyShortDescription, and their getters")
async def names(w: World) -> None:
    await w.bot.set_my_name("Postcards")
    await w.bot.set_my_name("Postkarten", language_code="de")
    await w.bot.set_my_description("Pictures of the sea")
    await w.bot.set_my_short_description("The sea")
    assert (await w.bot.get_my_name(language_code="de")).name == "Postkarten"
    assert (await w.bot.get_my_name(language_code="fr")).name == "Postcards"
    assert (await w.bot.get_my_description()).description == "Pictures of the sea"
    assert (await w.bot.get_my_short_description()).short_description == "The sea"
    assert (await w.bot.get_me()).first_name == "Postcards"


@suite.check("setChatMenuButton, getChatMenuButton")
async def menu(w: World) -> None:
    button = MenuButtonWebApp(text="Shop", web_app=WebAppInfo(url="https://shop.example/"))
    await w.bot.set_chat_menu_button(menu_button=button)
    assert plain([await w.bot.get_chat_menu_button()]) == plain([button])
    await w.bot.set_chat_menu_button(chat_id=w.buyer, menu_button=MenuButtonCommands())
    assert isinstance(await w.bot.get_chat_menu_button(chat_id=w.buyer), MenuButtonCommands)


@suite.check("setWebhook, getWebhookInfo, deleteWebhook: a command arrives with the secret")
async def webhook(w: World) -> None:
    runner, address = await w.serve(failures=0)
    await w.bot.set_webhook(address, secret_token=SECRET, allowed_updates=["message", "callback_query"])
    info = await w.bot.get_webhook_info()
    assert info.url == address and info.allowed_updates == ["message", "callback_query"], info
    await w.desk.write(w.buyer, "/start hook")
    message = await w.inbox.take("command")
    assert message.text == "/start hook" and message.from_user.id == w.buyer
    assert message.entities[0].type == "bot_command"
    await settled(w)
    await w.bot.delete_webhook()
    assert (await w.bot.get_webhook_info()).url == ""
    await runner.cleanup()


@suite.check("webhook: delivered again after a failure")
async def webhook_again(w: World) -> None:
    runner, address = await w.serve(failures=1)
    await w.desk.advance(2)  # setWebhook is answered once a second
    await w.bot.set_webhook(address, secret_token=SECRET)
    await w.desk.write(w.buyer, "/start again")
    message = await w.inbox.take("command")
    assert message.text == "/start again", message
    info = await w.bot.get_webhook_info()
    assert "500" in (info.last_error_message or ""), info
    await settled(w)
    await w.bot.delete_webhook()
    await runner.cleanup()


@suite.check("409 Conflict")
async def conflict(w: World) -> None:
    await w.desk.advance(2)
    await w.bot.set_webhook("https://shop.example/hook")
    try:
        await w.bot.get_updates()
    except TelegramConflictError as error:
        assert "webhook is active" in error.message
    else:
        raise AssertionError("no conflict")
    await w.bot.delete_webhook(drop_pending_updates=True)


@suite.check("getUpdates: a command arrives")
async def polling(w: World) -> None:
    everything = ["message", "callback_query", "pre_checkout_query", "my_chat_member"]
    await w.bot.get_updates(allowed_updates=everything)
    w.poll()
    await w.desk.write(w.buyer, "/start ref-7")
    message = await w.inbox.take("command")
    assert message.text == "/start ref-7" and message.chat.type == "private"


@suite.check("sendMessage: entities and a keyboard")
async def send(w: World) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="More", callback_data="more")]]
    )
    sent = await w.bot.send_message(
        w.buyer, "<b>Sea</b> &amp; <tg-spoiler>salt</tg-spoiler>", parse_mode="HTML", reply_markup=keyboard
    )
    assert sent.text == "Sea & salt" and [e.type for e in sent.entities] == ["bold", "spoiler"]
    assert plain([sent.reply_markup]) == plain([keyboard])
    reply = await sent.reply("A reply")
    assert reply.reply_to_message.message_id == sent.message_id
    w.charges["keyboard"] = str(sent.message_id)


@suite.check("callback_query, answerCallbackQuery")
async def callback(w: World) -> None:
    await w.desk.press(w.buyer, int(w.charges["keyboard"]), "more")
    query = await w.inbox.take("callback_query")
    assert query.data == "more" and query.message.text == "Sea & salt"
    assert await query.answer("Here")
    try:
        await query.answer("Twice")
    except TelegramBadRequest as error:
        assert "query is too old" in error.message
    else:
        raise AssertionError("answered twice")


@suite.check("editMessageText, editMessageReplyMarkup, deleteMessage")
async def edit(w: World) -> None:
    message = int(w.charges["keyboard"])
    edited = await w.bot.edit_message_text("Salt", chat_id=w.buyer, message_id=message)
    assert edited.text == "Salt" and edited.edit_date and not edited.reply_markup
    button = InlineKeyboardButton(text="Shop", web_app=WebAppInfo(url="https://shop.example/"))
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
    edited = await w.bot.edit_message_reply_markup(
        chat_id=w.buyer, message_id=message, reply_markup=keyboard
    )
    assert plain([edited.reply_markup]) == plain([keyboard])
    assert await w.bot.delete_message(w.buyer, message)
    assert message not in [found["message_id"] for found in await w.desk.chat(w.buyer)]


@suite.check("sendPhoto, editMessageCaption")
async def photo(w: World) -> None:
    sent = await w.bot.send_photo(w.buyer, BufferedInputFile(PNG, "sea.png"), caption="The sea")
    assert sent.photo[-1].width == 2 and sent.caption == "The sea", sent
    edited = await w.bot.edit_message_caption(chat_id=w.buyer, message_id=sent.message_id, caption="Salt")
    assert edited.caption == "Salt"


@suite.check("sendDocument: upload, getFile and download, send again by file_id")
async def document(w: World) -> None:
    content = os.urandom(300_000)
    sent = await w.bot.send_document(w.buyer, BufferedInputFile(content, "sea ü.bin"), protect_content=True)
    assert sent.document.file_name == "sea ü.bin" and sent.document.file_size == len(content)
    assert sent.has_protected_content
    file = await w.bot.get_file(sent.document.file_id)
    assert (await w.bot.download(file)).read() == content
    again = await w.bot.send_document(w.buyer, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id


@suite.check("sendChatAction")
async def action(w: World) -> None:
    assert await w.bot.send_chat_action(w.buyer, "upload_document")


@suite.check("getChat, getUserProfilePhotos")
async def chat(w: World) -> None:
    found = await w.bot.get_chat(w.buyer)
    assert found.type == "private" and found.first_name == "Ada"
    assert (await w.bot.get_user_profile_photos(w.buyer)).total_count == 0


for group in (stars, subscriptions, goods, communities, books, stickers):
    suite.add(group.CHECKS)


@suite.check("my_chat_member: blocked and let in again")
async def blocked(w: World) -> None:
    await w.desk.block(w.buyer, True)
    change = await w.inbox.take("my_chat_member")
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    await w.desk.block(w.buyer, False)
    assert (await w.inbox.take("my_chat_member")).new_chat_member.status == "member"


@suite.check("write_access_allowed")
async def access(w: World) -> None:
    stranger = await w.desk.user("Cleo")
    await w.desk.allow(stranger)
    message = await w.inbox.take("write_access_allowed")
    assert message.write_access_allowed.from_request and message.from_user.id == stranger
    await w.bot.send_message(stranger, "Good day")


@suite.check("400 Bad Request")
async def bad_request(w: World) -> None:
    try:
        await w.bot.send_message(1, "Anybody there?")
    except TelegramBadRequest as error:
        assert error.message.endswith("Bad Request: chat not found"), error.message
    else:
        raise AssertionError("sent to nobody")


@suite.check("401 Unauthorized")
async def unauthorized(w: World) -> None:
    other = w.client("4201:REVOKED")
    try:
        await other.get_me()
    except TelegramUnauthorizedError:
        pass
    else:
        raise AssertionError("a wrong token was taken")
    finally:
        await other.session.close()


@suite.check("403 Forbidden")
async def forbidden(w: World) -> None:
    await w.desk.block(w.buyer, True)
    try:
        await w.bot.send_message(w.buyer, "Are you there?")
    except TelegramForbiddenError as error:
        assert "bot was blocked by the user" in error.message
    else:
        raise AssertionError("sent to one who blocked the bot")
    finally:
        await w.desk.block(w.buyer, False)


class NoSuchMethod(TelegramMethod[bool]):
    """A method that no Telegram has."""

    __returning__ = bool
    __api_method__ = "noSuchMethod"


@suite.check("404 method not found")
async def not_found(w: World) -> None:
    try:
        await w.bot(NoSuchMethod())
    except TelegramNotFound as error:
        assert "method not found" in error.message
    else:
        raise AssertionError("answered what nobody has")


@suite.check("429 with retry_after")
async def too_many(w: World) -> None:
    await w.desk.faults(methods=[{"method": "sendMessage", "error_code": 429, "retry_after": 3, "count": 1}])
    try:
        await w.bot.send_message(w.buyer, "Too fast")
    except TelegramRetryAfter as error:
        assert error.retry_after == 3
    else:
        raise AssertionError("not slowed down")
    await w.bot.send_message(w.buyer, "Slower")


@suite.check("500 Internal Server Error")
async def server_error(w: World) -> None:
    await w.desk.faults(methods=[{"method": "getMe", "error_code": 500, "count": 1}])
    try:
        await w.bot.get_me()
    except TelegramServerError:
        pass
    else:
        raise AssertionError("no error")


suite.add(aiogram_init_data.CHECKS)


@suite.check("answerWebAppQuery, savePreparedInlineMessage")
async def inline(w: World) -> None:
    raw = (await w.desk.launch(w.buyer, url="https://shop.example/"))["init_data"]
    query = safe_parse_webapp_init_data(w.desk.token, raw).query_id
    content = InputTextMessageContent(message_text="I bought the sea")
    result = InlineQueryResultArticle(id="1", title="Sea", input_message_content=content)
    assert await w.bot.answer_web_app_query(query, result)
    prepared = await w.bot.save_prepared_inline_message(w.buyer, result, allow_user_chats=True)
    assert prepared.id and prepared.expiration_date > time.time()


@suite.check("the bot of this page sells")
async def page(w: World) -> None:
    await example.sells(w.url, "aiogram_bot.py")


asyncio.run(suite.run(World(os.environ["SANDBOX"])))
