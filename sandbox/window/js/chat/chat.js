/**
 * The private chat of the person with the bot, as it stands on the phone.
 */

import { api } from '../parts/api.js';
import { avatar } from '../parts/avatar.js';
import { fill, h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { createActs } from './acts.js';
import { Composer } from './composer.js';
import { replyKeyboard } from './keyboard.js';
import { MessageList } from './messages.js';

/**
 * @typedef {object} ChatParts
 * @property {import('../parts/store.js').Store} store
 * @property {import('../session.js').Session} session
 * @property {import('../parts/layers.js').Layers} layers
 * @property {import('../parts/toast.js').Toast} toast
 * @property {Pick<import('../app/host.js').Go, 'follow'|'launch'|'pay'>} go
 * @property {() => void} showPeople narrow windows only
 * @property {() => void} showDesk narrow windows only
 */

export class ChatView {
  #parts;
  #head = h('header.chat-head');
  #keys = h('div.reply-slot');
  #foot = h('div.chat-foot');
  #composer;
  #list;
  #acts;

  /** @param {ChatParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { store, go } = parts;
    this.#acts = createActs({ ...parts, say: this.say, draft: this.draft });
    this.#composer = new Composer({ say: this.say, openApp: (url) => go.launch({ url, from: 'menu_button' }) });
    this.#list = new MessageList(this.#acts);
    this.element = h('section.chat', { 'aria-label': 'Chat', testid: 'chat' }, this.#head, this.#list.element, this.#foot, this.#keys);
    store.watch(['bot', 'line', 'action'], () => this.#drawHead());
    store.watch(['bot'], ({ bot }) => bot && this.#composer.setBot(bot));
    store.watch(['chat', 'bot'], () => this.#drawChat());
  }

  /** Sends a text of the user. @param {string} text */
  say = (text) => {
    const { store, session, toast } = this.#parts;
    const { bot, person } = store.state;
    if (bot && person) api.say(bot.token, person.id, text).then(session.loadChat, (error) => toast(error.message, 'alert'));
  };

  /** Puts words into the line. @param {string} text */
  draft = (text) => this.#composer.draft(text);

  #drawHead() {
    const { store, showPeople, showDesk } = this.#parts;
    const { bot, line, action } = store.state;
    if (!bot) return;
    const doing = line === 'lost' ? 'connecting…' : action ? `${action.replaceAll('_', ' ')}…` : 'bot';
    fill(
      this.#head,
      h('button.round.narrow-only', { 'aria-label': 'Chats', onclick: showPeople }, icon('back')),
      avatar(bot, 40),
      h('div.who', {}, h('h2', { dir: 'auto' }, bot.first_name), h('small', {}, doing)),
      h('button.round.narrow-only', { 'aria-label': 'Control desk', onclick: showDesk }, icon('desk')),
    );
  }

  #drawChat() {
    const { bot, chat, person } = this.#parts.store.state;
    if (!bot || !chat || !person) return this.#list.clear();
    this.#list.show(chat.messages, bot, person.id);
    fill(this.#keys, replyKeyboard(chat.messages, this.#acts));
    const { session } = this.#parts;
    const unblock = () => api.block(bot.token, person.id, false).then(session.loadChat);
    if (chat.blocked) fill(this.#foot, h('button.foot-button', { testid: 'unblock', onclick: unblock }, 'Unblock bot'));
    else if (!chat.started) fill(this.#foot, h('button.foot-button', { testid: 'start', onclick: () => this.say('/start') }, 'Start'));
    else if (this.#composer.element.parentNode !== this.#foot) fill(this.#foot, this.#composer.element);
  }
}
