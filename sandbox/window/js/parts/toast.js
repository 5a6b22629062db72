/**
 * Short notices at the foot of the phone, read aloud once.
 */

import { h } from './dom.js';
import { icon, star } from './icon.js';

/** Long enough to read two lines twice. */
const SHOWN_MS = 4000;

/** @param {HTMLElement} root */
export function createToasts(root) {
  root.setAttribute('role', 'status');
  /**
   * @param {string} text
   * @param {'star' | Parameters<typeof icon>[0]} [picture]
   * @param {string} [title]
   */
  return function toast(text, picture, title) {
    const drawing = picture === 'star' ? star(24) : picture && icon(picture, 22);
    const note = h(
      'div.toast',
      { testid: 'toast' },
      drawing,
      h('div', {}, title && h('b', {}, title), h('span', { dir: 'auto' }, text)),
    );
    root.replaceChildren(note);
    setTimeout(() => note.remove(), SHOWN_MS);
  };
}

/** @typedef {ReturnType<typeof createToasts>} Toast */
