/**
 * Buttons: those under a message, and those in place of the phone's keyboard.
 */

import { h } from '../parts/dom.js';
import { icon, star } from '../parts/icon.js';

/** @typedef {import('../types.js').Button} Button */
/** @typedef {import('../types.js').Message} Message */

/**
 * What each kind of button does; the chat provides it.
 * @typedef {object} ButtonActs
 * @property {(url: string) => void} link
 * @property {(message: Message, data: string) => Promise<void>} callback
 * @property {(url: string, from: string, button?: string) => void} webApp
 * @property {(text: string) => void} copy
 * @property {(message: Message) => void} pay
 * @property {(text: string) => void} say
 * @property {(text: string) => void} draft
 * @property {(message: Message) => void} answer in groups and channels
 * @property {(message: Message) => Promise<void>} unlock paid media
 * @property {() => void} contact
 */

/** The little mark in the corner that tells what a button will do. */
const MARKS = /** @type {const} */ ({ url: 'external', web_app: 'app', copy_text: 'copy', switch_inline_query: 'share' });

/**
 * @param {Message} message
 * @param {ButtonActs} acts
 */
export function inlineKeyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard ?? (message.invoice ? [[payButton(message)]] : []);
  if (!rows.length) return null;
  return h('div.keys', {}, rows.map((row) => h('div.key-row', {}, row.map((button) => key(button, message, acts)))));
}

/** An invoice without a keyboard of its own gets this. @param {Message} message @returns {Button} */
const payButton = (message) => ({ text: `Pay ⭐ ${message.invoice.total_amount}`, pay: true });

/** @param {Button} button @param {Message} message @param {ButtonActs} acts */
function key(button, message, acts) {
  const mark = Object.entries(MARKS).find(([name]) => name in button)?.[1];
  const element = h(
    'button.key',
    { class: `key ${button.style ? `style-${button.style}` : ''}`, testid: 'key', onclick: press },
    h('span', { dir: 'auto' }, button.pay ? withStars(button.text) : button.text),
    mark && icon(mark, 12),
  );
  async function press() {
    if (button.url) acts.link(button.url);
    else if (button.web_app) acts.webApp(button.web_app.url, 'inline_button');
    else if (button.copy_text) acts.copy(button.copy_text.text);
    else if (button.pay) acts.pay(message);
    else if (button.switch_inline_query_current_chat !== undefined) acts.draft(button.switch_inline_query_current_chat);
    else if (button.switch_inline_query !== undefined) acts.draft(button.switch_inline_query);
    else if (button.callback_data !== undefined) {
      element.setAttribute('aria-busy', 'true');
      await acts.callback(message, button.callback_data);
      element.removeAttribute('aria-busy');
    }
  }
  return element;
}

/**
 * `⭐` and `XTR` in the text of a pay button are drawn as the Star.
 * @param {string} text
 */
function withStars(text) {
  return text.split(/(⭐️?|XTR)/u).map((part) => (/^(⭐️?|XTR)$/u.test(part) ? star(16) : part));
}

/**
 * The keyboard that the last message with one asked for.
 * @param {Message[]} messages
 * @param {ButtonActs} acts
 */
export function replyKeyboard(messages, acts) {
  const last = messages.findLast((message) => message.reply_markup?.keyboard || message.reply_markup?.remove_keyboard);
  const rows = last?.reply_markup?.keyboard;
  if (!rows) return null;
  return h(
    'div.reply-keys',
    { role: 'group', 'aria-label': 'Keyboard of the bot' },
    rows.map((row) => h('div.key-row', {}, row.map((button) => replyKey(button, acts)))),
  );
}

/** @param {Button | string} button @param {ButtonActs} acts */
function replyKey(button, acts) {
  const it = typeof button === 'string' ? { text: button } : button;
  const press = () => {
    if (it.web_app) acts.webApp(it.web_app.url, 'keyboard_button', it.text);
    else if (it.request_contact) acts.contact();
    else acts.say(it.text);
  };
  return h('button.reply-key', { onclick: press }, h('span', { dir: 'auto' }, it.text), it.web_app && icon('app', 12));
}
