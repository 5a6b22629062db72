/** grammY against the sandbox: the bot, its updates, its messages, people, errors, Mini Apps. */

import { deepStrictEqual as same, ok, rejects } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { GrammyError, HttpError, InlineKeyboard, InlineQueryResultBuilder, InputFile } from 'grammy';
import { books } from './books.js';
import { communities } from './communities.js';
import { sells } from './example.js';
import { goods } from './goods.js';
import { SECRET, World } from './grammy-world.js';
import { initData } from './init-data.js';
import { PNG } from './picture.js';
import { refused } from './refused.js';
import { pause, run } from './report.js';
import { stars } from './stars.js';
import { stickers } from './stickers.js';
import { subscriptions } from './subscriptions.js';

/** As pinned: exactly this one is installed. */
const version = createRequire(import.meta.url)('./package.json').dependencies.grammy;
/** Waits until our 200 has reached the sandbox: an update without it would come again. */
async function settled({ api }) {
  while ((await api.getWebhookInfo()).pending_update_count) await pause(20);
}

/** @type {Record<string, (w: World) => Promise<void>>} */
const bot = {
  async getMe(w) {
    const me = await w.api.getMe();
    ok(me.id === 4203 && me.is_bot && me.username);
    await w.bot.init();
    w.buyer = await w.desk.user('Ada', 1000);
  },
  async 'setMyCommands, getMyCommands, deleteMyCommands'({ api }) {
    const wanted = [{ command: 'start', description: 'Begin' }, { command: 'buy', description: 'Buy' }];
    await api.setMyCommands(wanted);
    same(await api.getMyCommands(), wanted);
    await api.deleteMyCommands();
    same(await api.getMyCommands(), []);
  },
  async 'setMyName, setMyDescription, setMyShortDescription, and their getters'({ api }) {
    await api.setMyName('Postcards');
    await api.setMyName('Postkarten', { language_code: 'de' });
    await api.setMyDescription('Pictures of the sea');
    await api.setMyShortDescription('The sea');
    same((await api.getMyName({ language_code: 'de' })).name, 'Postkarten');
    same((await api.getMyName({ language_code: 'fr' })).name, 'Postcards');
    same((await api.getMyDescription()).description, 'Pictures of the sea');
    same((await api.getMyShortDescription()).short_description, 'The sea');
    same((await api.getMe()).first_name, 'Postcards');
  },
  async 'setChatMenuButton, getChatMenuButton'({ api, buyer }) {
    const button = { type: 'web_app', text: 'Shop', web_app: { url: 'https://shop.example/' } };
    await api.setChatMenuButton({ menu_button: button });
    same(await api.getChatMenuButton(), button);
    await api.setChatMenuButton({ chat_id: buyer, menu_button: { type: 'commands' } });
    same(await api.getChatMenuButton({ chat_id: buyer }), { type: 'commands' });
  },
};

const updates = {
  async 'setWebhook, getWebhookInfo, deleteWebhook: a command arrives with the secret'(w) {
    const { stop, address } = await w.serve(0);
    await w.api.setWebhook(address, { secret_token: SECRET, allowed_updates: ['message', 'callback_query'] });
    const info = await w.api.getWebhookInfo();
    same([info.url, info.allowed_updates], [address, ['message', 'callback_query']]);
    await w.desk.write(w.buyer, '/start hook');
    const message = await w.inbox.take('command');
    same([message.text, message.from.id, message.entities[0].type], ['/start hook', w.buyer, 'bot_command']);
    await settled(w);
    await w.api.deleteWebhook();
    same((await w.api.getWebhookInfo()).url, '');
    stop();
  },
  async 'webhook: delivered again after a failure'(w) {
    const { stop, address } = await w.serve(1);
    await w.desk.advance(2); // setWebhook is answered once a second
    await w.api.setWebhook(address, { secret_token: SECRET });
    await w.desk.write(w.buyer, '/start again');
    same((await w.inbox.take('command')).text, '/start again');
    ok((await w.api.getWebhookInfo()).last_error_message.includes('500'));
    await settled(w);
    await w.api.deleteWebhook();
    stop();
  },
  async '409 Conflict'(w) {
    await w.desk.advance(2);
    await w.api.setWebhook('https://shop.example/hook');
    await refused(w.api.getUpdates(), 409, 'webhook is active');
    await w.api.deleteWebhook({ drop_pending_updates: true });
  },
  async 'getUpdates: a command arrives'(w) {
    w.poll();
    await w.desk.write(w.buyer, '/start ref-7');
    const message = await w.inbox.take('command');
    same([message.text, message.chat.type], ['/start ref-7', 'private']);
  },
};

const messages = {
  async 'sendMessage: entities and a keyboard'(w) {
    const keyboard = new InlineKeyboard().text('More', 'more');
    const html = '<b>Sea</b> &amp; <tg-spoiler>salt</tg-spoiler>';
    const sent = await w.api.sendMessage(w.buyer, html, { parse_mode: 'HTML', reply_markup: keyboard });
    same([sent.text, sent.entities.map(({ type }) => type)], ['Sea & salt', ['bold', 'spoiler']]);
    same(sent.reply_markup.inline_keyboard, keyboard.inline_keyboard);
    const reply = await w.api.sendMessage(w.buyer, 'A reply', { reply_parameters: { message_id: sent.message_id } });
    same(reply.reply_to_message.message_id, sent.message_id);
    w.keyboard = sent.message_id;
  },
  async 'callback_query, answerCallbackQuery'(w) {
    await w.desk.press(w.buyer, w.keyboard, 'more');
    const pressed = await w.inbox.take('callback_query');
    same([pressed.callbackQuery.data, pressed.callbackQuery.message.text], ['more', 'Sea & salt']);
    ok(await pressed.answerCallbackQuery('Here'));
    await refused(pressed.answerCallbackQuery('Twice'), 400, 'query is too old');
  },
  async 'editMessageText, editMessageReplyMarkup, deleteMessage'({ api, buyer, keyboard, desk }) {
    const edited = await api.editMessageText(buyer, keyboard, 'Salt');
    ok(edited.text === 'Salt' && edited.edit_date && !edited.reply_markup);
    const shop = new InlineKeyboard().webApp('Shop', 'https://shop.example/');
    const again = await api.editMessageReplyMarkup(buyer, keyboard, { reply_markup: shop });
    same(again.reply_markup.inline_keyboard, shop.inline_keyboard);
    ok(await api.deleteMessage(buyer, keyboard));
    ok((await desk.chat(buyer)).every((found) => found.message_id !== keyboard));
  },
  async 'sendPhoto, editMessageCaption'({ api, buyer }) {
    const sent = await api.sendPhoto(buyer, new InputFile(PNG, 'sea.png'), { caption: 'The sea' });
    same([sent.photo.at(-1).width, sent.caption], [2, 'The sea']);
    same((await api.editMessageCaption(buyer, sent.message_id, { caption: 'Salt' })).caption, 'Salt');
  },
  async 'sendDocument: upload, getFile and download, send again by file_id'({ api, buyer, url, desk }) {
    const content = randomBytes(300_000);
    const sent = await api.sendDocument(buyer, new InputFile(content, 'sea ü.bin'), { protect_content: true });
    same([sent.document.file_name, sent.document.file_size], ['sea ü.bin', content.length]);
    ok(sent.has_protected_content);
    const { file_path } = await api.getFile(sent.document.file_id);
    // grammY itself has no download: its documentation gives this address.
    const answer = await fetch(`${url}/file/bot${desk.token}/${file_path}`);
    ok(content.equals(Buffer.from(await answer.arrayBuffer())));
    const again = await api.sendDocument(buyer, sent.document.file_id);
    same(again.document.file_unique_id, sent.document.file_unique_id);
  },
  async sendChatAction({ api, buyer }) {
    ok(await api.sendChatAction(buyer, 'upload_document'));
  },
  async 'getChat, getUserProfilePhotos'({ api, buyer }) {
    const chat = await api.getChat(buyer);
    same([chat.type, chat.first_name], ['private', 'Ada']);
    same((await api.getUserProfilePhotos(buyer)).total_count, 0);
  },
};

const people = {
  async 'my_chat_member: blocked and let in again'(w) {
    await w.desk.block(w.buyer, true);
    const change = await w.inbox.take('my_chat_member');
    same([change.old_chat_member.status, change.new_chat_member.status], ['member', 'kicked']);
    await w.desk.block(w.buyer, false);
    same((await w.inbox.take('my_chat_member')).new_chat_member.status, 'member');
  },
  async write_access_allowed(w) {
    const stranger = await w.desk.user('Cleo');
    await w.desk.allow(stranger);
    const message = await w.inbox.take('write_access_allowed');
    ok(message.write_access_allowed.from_request && message.from.id === stranger);
    await w.api.sendMessage(stranger, 'Good day');
  },
};

const errors = {
  '400 Bad Request': ({ api }) => refused(api.sendMessage(1, 'Anybody there?'), 400, 'Bad Request: chat not found'),
  '401 Unauthorized': (w) => refused(w.client('4203:REVOKED').api.getMe(), 401, 'Unauthorized'),
  async '403 Forbidden'(w) {
    await w.desk.block(w.buyer, true);
    await refused(w.api.sendMessage(w.buyer, 'Are you there?'), 403, 'bot was blocked by the user');
    await w.desk.block(w.buyer, false);
  },
  '404 method not found': ({ api }) => refused(api.raw.noSuchMethod({}), 404, 'method not found'),
  async '429 with retry_after'(w) {
    const fault = { method: 'sendMessage', error_code: 429, retry_after: 3, count: 1 };
    await w.desk.faults({ methods: [fault] });
    await rejects(w.api.sendMessage(w.buyer, 'Too fast'), (error) => {
      ok(error instanceof GrammyError);
      same([error.error_code, error.parameters.retry_after], [429, 3]);
      return true;
    });
    await w.api.sendMessage(w.buyer, 'Slower');
  },
  async '500 Internal Server Error'(w) {
    await w.desk.faults({ methods: [{ method: 'getMe', error_code: 500, count: 1 }] });
    await rejects(w.api.getMe(), (error) => error instanceof HttpError || error.error_code === 500);
  },
};

const apps = {
  async 'answerWebAppQuery, savePreparedInlineMessage'({ api, buyer, desk }) {
    const { init_data } = await desk.launch(buyer);
    const result = InlineQueryResultBuilder.article('1', 'Sea').text('I bought the sea');
    ok(await api.answerWebAppQuery(new URLSearchParams(init_data).get('query_id'), result));
    const prepared = await api.savePreparedInlineMessage(buyer, result, { allow_user_chats: true });
    ok(prepared.id && prepared.expiration_date > Date.now() / 1000);
  },
  'the bot of this page sells': ({ url }) => sells(url, 'grammy-bot.js'),
};

const sales = { ...stars, ...subscriptions, ...goods, ...communities, ...books, ...stickers };
const checks = { ...bot, ...updates, ...messages, ...sales, ...people, ...errors, ...initData, ...apps };
await run('grammY', version, checks, new World(process.env.SANDBOX));
