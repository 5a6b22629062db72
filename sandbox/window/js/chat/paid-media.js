/**
 * Media with a price: covered until the person has paid.
 */

import { h } from '../parts/dom.js';
import { count, stars } from '../parts/format.js';
import { icon, star } from '../parts/icon.js';
import { photo } from './media.js';

/** @typedef {import('../types.js').Message} Message */

/**
 * @param {Message} message
 * @param {number} me the person at the phone
 * @param {(message: Message) => void} unlock
 */
export function paidMedia(message, me, unlock) {
  const isMine = message.paid_media_buyers?.includes(me);
  const { star_count: price, paid_media: items } = isMine ? message.paid_media_open : message.paid_media;
  const isOpen = items[0]?.type !== 'preview';
  return h('div.paid', { testid: 'paid-media' },
    items.map(isOpen ? item : cover),
    !isOpen && h('button.primary', { testid: 'unlock', 'aria-label': `Unlock for ${stars(price)}`, onclick: () => unlock(message) },
      'Unlock for ', star(16), ` ${count(price)}`));
}

/** @param {any} about */
function cover({ width = 4, height = 3, duration }) {
  const name = duration === undefined ? 'Covered photo' : 'Covered video';
  return h('div.paid-cover', { role: 'img', 'aria-label': name, style: { 'aspect-ratio': `${width || 4} / ${height || 3}` } }, icon('lock', 28));
}

/** @param {any} about */
function item(about) {
  if (about.photo) return photo(/** @type {any} */ (about));
  return h('div.file', {}, h('span.file-icon', {}, icon('image', 22)), h('div', {}, h('b', {}, 'Video'), h('small', {}, 'Not played in the sandbox')));
}
