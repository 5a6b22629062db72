/**
 * The list of messages: draws what changed and stays at the end for a reader who is there.
 */

import { avatar } from '../parts/avatar.js';
import { arrange, h } from '../parts/dom.js';
import { day } from '../parts/format.js';
import { messageElement } from './message.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('../types.js').Bot} Bot */

/** A reader this near to the end is taken along when a message comes, px. */
const NEAR_END_PX = 120;

export class MessageList {
  element = h('div.messages', { role: 'log', 'aria-label': 'Messages', tabindex: '0' });
  #acts;
  /** Whose chat is drawn: bot and person. */
  #chat = '';
  /** As of the last scroll: pictures may grow the list later. */
  #atEnd = true;
  /** Elements already drawn, by message id, with what they were drawn from. @type {Map<number, {text: string, element: HTMLElement}>} */
  #drawn = new Map();
  /** @type {Map<string, HTMLElement>} */
  #days = new Map();

  /** @param {import('./keyboard.js').ButtonActs} acts */
  constructor(acts) {
    this.#acts = acts;
    const { element } = this;
    const toEnd = () => this.#toEnd();
    element.addEventListener('scroll', () => {
      this.#atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    });
    element.addEventListener('load', toEnd, true);
    new ResizeObserver(toEnd).observe(element);
  }

  /** @param {Message[]} messages @param {Bot} bot @param {number} person */
  show(messages, bot, person) {
    const chat = `${bot.id} ${bot.first_name} ${person}`;
    if (chat !== this.#chat || !messages.length) {
      this.#drawn.clear();
      this.#atEnd = true;
      this.#chat = chat;
    }
    arrange(this.element, messages.length ? this.#nodes(messages, bot, person) : [greeting(bot)]);
    this.#toEnd();
  }

  clear() {
    this.#drawn.clear();
    arrange(this.element, []);
  }

  #toEnd() {
    if (this.#atEnd) this.element.scrollTo({ top: this.element.scrollHeight });
  }

  /** Messages with a line before each new day. @param {Message[]} messages @param {Bot} bot @param {number} person */
  #nodes(messages, bot, person) {
    let last = '';
    return messages.flatMap((message) => {
      const name = day(message.date);
      const line = name === last ? [] : [this.#day(name)];
      last = name;
      return [...line, this.#draw(message, bot, person)];
    });
  }

  /** @param {string} name */
  #day(name) {
    const line = this.#days.get(name) ?? h('div.day', {}, h('span', {}, name));
    this.#days.set(name, line);
    return line;
  }

  /** @param {Message} message @param {Bot} bot @param {number} person */
  #draw(message, bot, person) {
    const text = JSON.stringify(message);
    const known = this.#drawn.get(message.message_id);
    if (known?.text === text) return known.element;
    const element = messageElement(message, { bot: bot.first_name, mine: message.from?.id === person, acts: this.#acts });
    this.#drawn.set(message.message_id, { text, element });
    return element;
  }
}

/** @param {Bot} bot */
function greeting(bot) {
  return h(
    'div.greeting',
    {},
    avatar(bot, 72),
    h('b', { dir: 'auto' }, bot.first_name),
    h('p', { dir: 'auto' }, bot.description || 'No messages here yet. Press Start to say hello.'),
  );
}
