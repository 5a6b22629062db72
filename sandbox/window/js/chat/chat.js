/**
 * The open chat as it stands on the phone: the person's own with a bot, a group or a channel.
 */

import { api } from '../parts/api.js';
import { avatar } from '../parts/avatar.js';
import { fill, h } from '../parts/dom.js';
import { crowd } from '../parts/format.js';
import { icon } from '../parts/icon.js';
import { createActs } from './acts.js';
import { Composer } from './composer.js';
import { replyKeyboard } from './keyboard.js';
import { inShort } from './message.js';
import { MessageList, mayWrite } from './messages.js';

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
  /** The newest message whose wish for an answer was heeded. */
  #heeded = 0;

  /** @param {ChatParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { store, go } = parts;
    this.#acts = createActs({ ...parts, say: this.say, draft: this.draft, answer: this.#answer });
    this.#composer = new Composer({ say: this.say, openApp: (url) => go.launch({ url, from: 'menu_button' }) });
    this.#list = new MessageList(this.#acts);
    this.element = h('section.chat', { 'aria-label': 'Chat', testid: 'chat' }, this.#head, this.#list.element, this.#foot, this.#keys);
    store.watch(['bot', 'community', 'line', 'action'], () => this.#drawHead());
    store.watch(['bot', 'community'], ({ bot, community }) => bot && this.#composer.setBot(bot, !community));
    let chat = '';
    store.watch(['bot', 'community', 'person'], ({ bot, community, person }) => {
      const now = `${bot?.id} ${community?.id} ${person?.id}`;
      if (now !== chat) this.#composer.answer(null);
      chat = now;
    });
    store.watch(['chat', 'bot', 'community'], () => this.#drawChat());
  }

  /** Sends a text of the user. @param {string} text @param {number} [replyTo] the message that it answers */
  say = (text, replyTo) => {
    const { store, session, toast } = this.#parts;
    const { bot, person, community } = store.state;
    if (bot && person) api.say(bot.token, person.id, text, community?.id, replyTo).then(session.loadChat, (error) => toast(error.message, 'alert'));
  };

  /** Puts words into the line. @param {string} text */
  draft = (text) => this.#composer.draft(text);

  /** The next message answers this one. @param {import('../types.js').Message} message */
  #answer = (message) => {
    const { person } = this.#parts.store.state;
    this.#composer.answer({ id: message.message_id, ...inShort(message, person?.id ?? 0) });
  };

  /** A message that asks for an answer gets the line ready for one, once. @param {import('../types.js').Message} [last] */
  #heed(last) {
    if (!last?.reply_markup?.force_reply || last.message_id === this.#heeded) return;
    this.#heeded = last.message_id;
    this.#answer(last);
  }

  #drawHead() {
    const { store, showPeople, showDesk } = this.#parts;
    const { bot, community, line, action } = store.state;
    if (!bot) return;
    const who = community ? { id: community.id, first_name: community.title } : bot;
    const deed = action && `${community ? `${bot.first_name}: ` : ''}${action.replaceAll('_', ' ')}…`;
    const doing = line === 'lost' ? 'connecting…' : deed || (community ? crowd(community) : 'bot');
    fill(
      this.#head,
      h('button.round.narrow-only', { 'aria-label': 'Chats', onclick: showPeople }, icon('back')),
      avatar(who, 40),
      h('div.who', {}, h('h2', { dir: 'auto' }, who.first_name), h('small', { testid: 'chat-state' }, h('bdi', {}, doing))),
      h('button.round.narrow-only', { 'aria-label': 'Control desk', onclick: showDesk }, icon('desk')),
    );
  }

  #drawChat() {
    const { bot, chat, person, community } = this.#parts.store.state;
    if (!bot || !chat || !person) return this.#list.clear();
    this.#list.show(chat.messages, bot, person.id, community);
    this.#heed(chat.messages.at(-1));
    const foot = community ? groupFoot(community, person.id) : this.#privateFoot(bot, person.id, chat);
    fill(this.#keys, foot ? null : replyKeyboard(chat.messages, this.#acts));
    if (foot) fill(this.#foot, foot);
    else if (this.#composer.element.parentNode !== this.#foot) fill(this.#foot, this.#composer.element);
  }

  /**
   * What is in the place of the line to write in, if anything is.
   * @param {import('../types.js').Bot} bot @param {number} person @param {import('../types.js').Chat} chat
   */
  #privateFoot(bot, person, chat) {
    const unblock = () => api.block(bot.token, person, false).then(this.#parts.session.loadChat);
    if (chat.blocked) return h('button.foot-button', { testid: 'unblock', onclick: unblock }, 'Unblock bot');
    if (!chat.started) return h('button.foot-button', { testid: 'start', onclick: () => this.say('/start') }, 'Start');
    return null;
  }
}

/** Who may not write reads why. @param {import('../types.js').Community} group @param {number} person */
function groupFoot(group, person) {
  const { kind, members } = group;
  const note = (/** @type {string} */ words) => h('p.foot-note', { testid: 'foot-note' }, words);
  if (!members.includes(person)) return note(kind === 'channel' ? 'You are not in this channel.' : 'You are not in this group.');
  return mayWrite(group, person) ? null : note('Only the owner posts in this channel.');
}
