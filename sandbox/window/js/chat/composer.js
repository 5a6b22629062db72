/**
 * The foot of the chat: menu button, the line to write in, and the list of commands.
 */

import { fill, h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('../types.js').Bot} Bot */
/** @typedef {import('../types.js').Command} Command */
/** @typedef {{id: number, who: string, words: string}} Answered */

/** Height at which the line starts to scroll, px. */
const LINE_MAX_PX = 160;

export class Composer {
  /** @type {Bot | null} */
  #bot = null;
  /** Commands on show. @type {Command[]} */
  #shown = [];
  #marked = 0;
  /** The message that the next one answers. @type {Answered | null} */
  #answered = null;
  #acts;
  #line;
  #send;
  #menu = h('div.menu-slot');
  #answers = h('div.answers', { testid: 'answers', hidden: true });
  #list = h('div.commands', { id: 'commands', role: 'listbox', 'aria-label': 'Commands', hidden: true });

  /** @param {{say: (text: string, replyTo?: number) => void, openApp: (url: string) => void}} acts */
  constructor(acts) {
    this.#acts = acts;
    this.#line = /** @type {HTMLTextAreaElement} */ (
      h('textarea.line', {
        rows: '1', placeholder: 'Message', 'aria-label': 'Message', dir: 'auto', testid: 'composer',
        'aria-controls': 'commands', 'aria-autocomplete': 'list',
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#keys(event), oninput: () => this.#typed(),
      })
    );
    this.#send = h('button.send', { 'aria-label': 'Send', testid: 'send', disabled: true, onclick: () => this.#submit() }, icon('send', 22));
    this.element = h('div.composer', {}, this.#list, this.#answers, h('div.composer-row', {}, this.#menu, this.#line, this.#send));
  }

  /** @param {Bot} bot @param {boolean} [isPrivate] its own chat: in groups it has no menu button */
  setBot(bot, isPrivate = true) {
    this.#bot = bot;
    const { menu_button: button, commands = [] } = bot;
    const app = isPrivate && button?.type === 'web_app' && button.web_app;
    if (app) {
      const open = () => this.#acts.openApp(app.url);
      fill(this.#menu, h('button.menu-app', { testid: 'open-app', onclick: open }, h('span', { dir: 'auto' }, button.text ?? 'Open')));
    } else if (commands.length) {
      fill(this.#menu, h('button.round', { 'aria-label': 'Commands', testid: 'commands-button', onclick: () => this.#toggle() }, icon('menu', 22)));
    } else fill(this.#menu);
    this.#show([]);
  }

  /** Puts words into the line without sending them. @param {string} text */
  draft(text) {
    this.#line.value = text;
    this.#typed();
    this.#line.focus();
  }

  /** The next message answers this one, or none. @param {Answered | null} message */
  answer(message) {
    this.#answered = message;
    this.#answers.hidden = !message;
    if (!message) return fill(this.#answers);
    fill(this.#answers,
      h('div.quote', {}, h('b', { dir: 'auto' }, message.who), h('span', { dir: 'auto' }, message.words)),
      h('button.round', { 'aria-label': 'Answer nothing', testid: 'answer-nothing', onclick: () => this.answer(null) }, icon('close', 18)));
    this.#line.focus();
  }

  #toggle() {
    this.#show(this.#shown.length ? [] : this.#bot?.commands ?? []);
    this.#line.focus();
  }

  /** @param {Command[]} commands */
  #show(commands) {
    this.#shown = commands;
    this.#list.hidden = !commands.length;
    const option = (/** @type {Command} */ command, /** @type {number} */ at) =>
      h('div.command', { role: 'option', id: `command-${at}`, testid: 'command', onclick: () => this.#choose(command) },
        h('b', {}, `/${command.command}`), h('span', { dir: 'auto' }, command.description));
    fill(this.#list, commands.map(option));
    this.#mark(0);
  }

  /** @param {number} at */
  #mark(at) {
    this.#marked = at;
    [...this.#list.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === at)));
    if (this.#shown.length) this.#line.setAttribute('aria-activedescendant', `command-${at}`);
    else this.#line.removeAttribute('aria-activedescendant');
    this.#list.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Command} command */
  #choose(command) {
    this.#say(`/${command.command}`);
  }

  #typed() {
    const start = /^\/(\w*)$/.exec(this.#line.value)?.[1].toLowerCase();
    const fitting = (this.#bot?.commands ?? []).filter((one) => start !== undefined && one.command.startsWith(start));
    this.#show(fitting);
    this.#send.toggleAttribute('disabled', !this.#line.value.trim());
    this.#line.style.height = 'auto';
    this.#line.style.height = `${Math.min(this.#line.scrollHeight, LINE_MAX_PX)}px`;
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const shown = this.#shown;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      this.#mark((this.#marked + step + shown.length) % shown.length);
    } else if (event.key === 'Escape' && shown.length) {
      event.stopPropagation();
      this.#show([]);
    } else if (event.key === 'Escape' && this.#answered) {
      event.stopPropagation();
      this.answer(null);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const exact = shown.find((one) => `/${one.command}` === this.#line.value.trim());
      if (shown.length && !exact) this.#choose(shown[this.#marked]);
      else this.#submit();
    }
  }

  #submit() {
    const text = this.#line.value.trim();
    if (text) this.#say(text);
  }

  /** @param {string} text */
  #say(text) {
    this.#acts.say(text, this.#answered?.id);
    this.answer(null);
    this.draft('');
  }
}
