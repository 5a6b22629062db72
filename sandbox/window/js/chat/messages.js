/**
 * The list of messages: draws what changed and stays at the end for a reader who is there.
 */

import { avatar } from '../parts/avatar.js';
import { arrange, h } from '../parts/dom.js';
import { day } from '../parts/format.js';
import { messageElement } from './message.js';
import { serviceText } from './service.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('../types.js').Bot} Bot */
/** @typedef {import('../types.js').Community} Community */

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

  /** @param {Message[]} messages @param {Bot} bot @param {number} person @param {Community | null} group */
  show(messages, bot, person, group) {
    const chat = `${bot.id} ${bot.first_name} ${person} ${group?.id}`;
    if (chat !== this.#chat || !messages.length) {
      this.#drawn.clear();
      this.#atEnd = true;
      this.#chat = chat;
    }
    arrange(this.element, messages.length ? this.#nodes(messages, bot, person, group) : [group ? beginning(group) : greeting(bot)]);
    this.#toEnd();
  }

  clear() {
    this.#drawn.clear();
    arrange(this.element, []);
  }

  #toEnd() {
    if (this.#atEnd) this.element.scrollTo({ top: this.element.scrollHeight });
  }

  /**
   * Messages with a line before each new day.
   * @param {Message[]} messages @param {Bot} bot @param {number} person @param {Community | null} group
   */
  #nodes(messages, bot, person, group) {
    let last = '';
    return messages.flatMap((message, at) => {
      const name = day(message.date);
      const line = name === last ? [] : [this.#day(name)];
      last = name;
      const place = {
        bot: bot.first_name, me: person, crowd: group?.kind === 'supergroup', open: !group || mayWrite(group, person),
        first: line.length > 0 || !follows(messages[at - 1], message), last: !follows(message, messages[at + 1]),
      };
      return [...line, this.#draw(message, place)];
    });
  }

  /** @param {string} name */
  #day(name) {
    const line = this.#days.get(name) ?? h('div.day', {}, h('span', {}, name));
    this.#days.set(name, line);
    return line;
  }

  /** @param {Message} message @param {Omit<import('./message.js').Place, 'acts'>} place */
  #draw(message, place) {
    const text = JSON.stringify([message, place]);
    const known = this.#drawn.get(message.message_id);
    if (known?.text === text) return known.element;
    const element = messageElement(message, { ...place, acts: this.#acts });
    this.#drawn.set(message.message_id, { text, element });
    return element;
  }
}

/** Whether a message goes on where one before it stopped: by the same person, with nothing between. @param {Message} [before] @param {Message} [after] */
function follows(before, after) {
  const told = (/** @type {Message} */ one) => serviceText(one, '', 0) !== null;
  return Boolean(before && after && before.from?.id === after.from?.id && !told(before) && !told(after) && day(before.date) === day(after.date));
}

/**
 * Whether somebody writes in a group, or posts in a channel that they own; chats with a bot are not asked.
 * @param {Community | null} group @param {number} person
 */
export function mayWrite(group, person) {
  if (!group?.members.includes(person)) return false;
  return group.kind !== 'channel' || group.people.some((one) => one.user_id === person && one.status === 'creator');
}

/** @param {Community} group */
function beginning({ id, title, kind }) {
  const words = kind === 'channel' ? 'Nothing was posted here yet.' : 'No messages here yet.';
  return h('div.greeting', {}, avatar({ id, first_name: title }, 72), h('b', { dir: 'auto' }, title), h('p', {}, words));
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
