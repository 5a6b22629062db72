/**
 * The private chat of the person with the bot, as it stands on the phone.
 */

import { api } from '../parts/api.js';
import { ask } from '../parts/ask.js';
import { avatar } from '../parts/avatar.js';
import { copy } from '../parts/clipboard.js';
import { fill, h } from '../parts/dom.js';
import { day } from '../parts/format.js';
import { icon } from '../parts/icon.js';
import { createComposer } from './composer.js';
import { replyKeyboard } from './keyboard.js';
import { messageElement } from './message.js';

/** @typedef {import('../types.js').State} State */
/** @typedef {import('../types.js').Message} Message */

/** A reader this near to the end is taken along when a message comes, px. */
const NEAR_END_PX = 120;

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/layers.js').Layers} parts.layers
 * @param {import('../parts/toast.js').Toast} parts.toast
 * @param {{follow: (url: string) => void, launch: (wish: {url?: string, from: string}) => void, pay: (slug: string) => void}} parts.go
 * @param {() => void} parts.showPeople narrow windows only
 * @param {() => void} parts.showDesk narrow windows only
 */
export function createChat({ store, session, layers, toast, go, showPeople, showDesk }) {
  const head = h('header.chat-head');
  const list = h('div.messages', { role: 'log', 'aria-label': 'Messages', tabindex: '0' });
  const keys = h('div.reply-slot');
  const foot = h('div.chat-foot');
  const element = h('section.chat', { 'aria-label': 'Chat', testid: 'chat' }, head, list, foot, keys);
  /** Elements already drawn, by message id, with what they were drawn from. */
  const drawn = /** @type {Map<number, {text: string, element: HTMLElement}>} */ (new Map());

  /** @param {string} text */
  const say = (text) => {
    const { bot, person } = store.state;
    if (bot && person) api.say(bot.token, person.id, text).then(session.loadChat, (error) => toast(error.message, 'alert'));
  };
  const acts = createActs({ store, session, layers, toast, go, say, draft: (/** @type {string} */ text) => composer.draft(text) });
  const composer = createComposer({ say, openApp: (url) => go.launch({ url, from: 'menu_button' }) });

  function drawHead() {
    const { bot, line, action } = store.state;
    if (!bot) return;
    const doing = line === 'lost' ? 'connecting…' : action ? `${action.replaceAll('_', ' ')}…` : 'bot';
    fill(
      head,
      h('button.round.narrow-only', { 'aria-label': 'Chats', onclick: showPeople }, icon('back')),
      avatar(bot, 40),
      h('div.who', {}, h('h2', { dir: 'auto' }, bot.first_name), h('small', {}, doing)),
      h('button.round.narrow-only', { 'aria-label': 'Control desk', onclick: showDesk }, icon('desk')),
    );
    composer.setBot(bot);
  }

  /** Whether the reader is at the end, as of the last scroll; pictures may grow the list later. */
  let atEnd = true;
  const toEnd = () => atEnd && list.scrollTo({ top: list.scrollHeight });
  list.addEventListener('scroll', () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  });
  list.addEventListener('load', toEnd, true);
  new ResizeObserver(toEnd).observe(list);

  function drawMessages() {
    const { bot, chat, person } = store.state;
    if (!bot || !chat || !person) {
      drawn.clear();
      return fill(list);
    }
    if (!chat.messages.length) {
      drawn.clear();
      fill(list, greeting(bot));
    } else fill(list, withDays(chat.messages, (message) => draw(message, bot, person.id)));
    fill(keys, replyKeyboard(chat.messages, acts));
    toEnd();
  }

  /** @param {Message} message @param {import('../types.js').Bot} bot @param {number} person */
  function draw(message, bot, person) {
    const text = JSON.stringify(message);
    const known = drawn.get(message.message_id);
    if (known?.text === text) return known.element;
    const mine = message.from?.id === person;
    const fresh = messageElement(message, { bot: bot.first_name, mine, acts });
    drawn.set(message.message_id, { text, element: fresh });
    return fresh;
  }

  function drawFoot() {
    const { bot, chat, person } = store.state;
    if (!bot || !chat || !person) return;
    const unblock = () => api.block(bot.token, person.id, false).then(session.loadChat);
    if (chat.blocked) fill(foot, h('button.foot-button', { testid: 'unblock', onclick: unblock }, 'Unblock bot'));
    else if (!chat.started) fill(foot, h('button.foot-button', { testid: 'start', onclick: () => say('/start') }, 'Start'));
    else if (composer.element.parentNode !== foot) fill(foot, composer.element);
  }

  store.watch(['bot', 'line', 'action'], drawHead);
  store.watch(['bot', 'person'], () => {
    drawn.clear();
    atEnd = true;
  });
  store.watch(['chat', 'bot'], () => {
    drawMessages();
    drawFoot();
  });
  return { element, say, draft: composer.draft };
}

/**
 * @param {Message[]} messages
 * @param {(message: Message) => HTMLElement} draw
 */
function withDays(messages, draw) {
  let last = '';
  return messages.flatMap((message) => {
    const name = day(message.date);
    const line = name !== last && h('div.day', {}, h('span', {}, name));
    last = name;
    return line ? [line, draw(message)] : [draw(message)];
  });
}

/** @param {import('../types.js').Bot} bot */
function greeting(bot) {
  return h(
    'div.greeting',
    {},
    avatar(bot, 72),
    h('b', { dir: 'auto' }, bot.first_name),
    h('p', { dir: 'auto' }, bot.description || 'No messages here yet. Press Start to say hello.'),
  );
}

/**
 * What taps in messages do.
 * @param {any} parts
 * @returns {import('./keyboard.js').ButtonActs}
 */
function createActs({ store, session, layers, toast, go, say, draft }) {
  /** The last press, whose answer is waited for. */
  let pressed = '';
  session.onCallbackAnswer((/** @type {import('../session.js').CallbackAnswer} */ answer) => {
    if (pressed && String(answer.callback_query_id) !== pressed) return;
    if (answer.url) go.follow(answer.url);
    else if (answer.text && answer.show_alert) {
      ask(layers, { text: answer.text, choices: [{ id: 'ok', text: 'OK', tone: 'primary' }] });
    } else if (answer.text) toast(answer.text);
  });
  return {
    link: go.follow,
    say,
    draft,
    pay: (message) => (message.invoice_slug ? go.pay(message.invoice_slug) : toast('This invoice has no link.', 'alert')),
    webApp: (url, from) => go.launch({ url, from }),
    contact: () => toast('Contacts are not shared from keyboards in the sandbox.', 'alert'),
    async copy(text) {
      toast((await copy(text)) ? 'Copied to clipboard' : 'The browser did not allow copying.', 'copy');
    },
    async callback(message, data) {
      const { bot, person } = store.state;
      pressed = '';
      try {
        const answer = await api.callback(bot.token, person.id, message.message_id, data);
        pressed = String(answer?.callback_query_id ?? '');
      } catch (error) {
        toast(/** @type {Error} */ (error).message, 'alert');
      }
    },
  };
}
