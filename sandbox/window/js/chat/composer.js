/**
 * The foot of the chat: menu button, the line to write in, and the list of commands.
 */

import { fill, h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('../types.js').Bot} Bot */
/** @typedef {import('../types.js').Command} Command */

/**
 * @param {{say: (text: string) => void, openApp: (url: string) => void}} acts
 */
export function createComposer(acts) {
  /** @type {Bot | null} */
  let bot = null;
  /** @type {Command[]} */
  let shown = [];
  let marked = 0;

  const line = /** @type {HTMLTextAreaElement} */ (
    h('textarea.line', {
      rows: '1', placeholder: 'Message', 'aria-label': 'Message', dir: 'auto', testid: 'composer',
      'aria-controls': 'commands', 'aria-autocomplete': 'list',
      onkeydown: keys, oninput: typed,
    })
  );
  const send = h('button.send', { 'aria-label': 'Send', testid: 'send', disabled: true, onclick: submit }, icon('send', 22));
  const menu = h('div.menu-slot');
  const list = h('div.commands', { id: 'commands', role: 'listbox', 'aria-label': 'Commands', hidden: true });
  const element = h('div.composer', {}, list, h('div.composer-row', {}, menu, line, send));

  /** @param {Bot} fresh */
  function setBot(fresh) {
    bot = fresh;
    const button = fresh.menu_button;
    const app = button?.web_app;
    if (button?.type === 'web_app' && app) {
      fill(menu, h('button.menu-app', { testid: 'open-app', onclick: () => acts.openApp(app.url) }, h('span', { dir: 'auto' }, button.text ?? 'Open')));
    } else if (fresh.commands?.length) {
      fill(menu, h('button.round', { 'aria-label': 'Commands', testid: 'commands-button', onclick: toggle }, icon('menu', 22)));
    } else fill(menu);
    show([]);
  }

  function toggle() {
    show(shown.length ? [] : bot?.commands ?? []);
    line.focus();
  }

  /** @param {Command[]} commands */
  function show(commands) {
    shown = commands;
    marked = 0;
    list.hidden = !commands.length;
    fill(list, commands.map((command, at) =>
      h('div.command', { role: 'option', id: `command-${at}`, 'aria-selected': String(at === 0), testid: 'command', onclick: () => choose(command) },
        h('b', {}, `/${command.command}`), h('span', { dir: 'auto' }, command.description))));
    mark(0);
  }

  /** @param {number} at */
  function mark(at) {
    marked = at;
    [...list.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === at)));
    if (shown.length) line.setAttribute('aria-activedescendant', `command-${at}`);
    else line.removeAttribute('aria-activedescendant');
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Command} command */
  function choose(command) {
    acts.say(`/${command.command}`);
    clear();
  }

  function typed() {
    const start = /^\/(\w*)$/.exec(line.value);
    show(start ? (bot?.commands ?? []).filter((one) => one.command.startsWith(start[1].toLowerCase())) : []);
    send.toggleAttribute('disabled', !line.value.trim());
    line.style.height = 'auto';
    line.style.height = `${Math.min(line.scrollHeight, 160)}px`;
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      mark((marked + step + shown.length) % shown.length);
    } else if (event.key === 'Escape' && shown.length) {
      event.stopPropagation();
      show([]);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const exact = shown.find((one) => `/${one.command}` === line.value.trim());
      if (shown.length && !exact) choose(shown[marked]);
      else submit();
    }
  }

  function submit() {
    const text = line.value.trim();
    if (!text) return;
    acts.say(text);
    clear();
  }

  function clear() {
    line.value = '';
    typed();
    line.focus();
  }

  /** @param {string} text puts words into the line without sending them */
  function draft(text) {
    line.value = text;
    typed();
    line.focus();
  }

  return { element, setBot, draft };
}
