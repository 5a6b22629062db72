/**
 * Pictures, documents and other files in a message.
 */

import { api } from '../parts/api.js';
import { calm, h } from '../parts/dom.js';
import { size } from '../parts/format.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('../types.js').Message} Message */

/** Kinds shown as a card with a name; the window has no player of its own. */
const OTHERS = /** @type {Record<string, string>} */ ({
  video: 'Video', animation: 'Animation', audio: 'Audio', voice: 'Voice message',
  video_note: 'Video message', contact: 'Contact', location: 'Location',
  poll: 'Poll', dice: 'Dice', venue: 'Place', story: 'Story', gift: 'Gift',
});

/**
 * The part of a message that is not text, if any.
 * @param {Message} message
 * @returns {HTMLElement | null}
 */
export function media(message) {
  if (message.photo?.length) return photo(message);
  if (message.sticker) return sticker(message.sticker);
  if (message.document) return file(message);
  const kind = Object.keys(OTHERS).find((name) => message[name]);
  if (!kind) return null;
  const emoji = message[kind].emoji;
  return h(
    'div.file',
    {},
    h('span.file-icon', {}, icon('image', 22)),
    h('div', {}, h('b', {}, OTHERS[kind], emoji ? ` ${emoji}` : ''), h('small', {}, 'Not played in the sandbox')),
  );
}

/** @param {Message} message */
export function photo(message) {
  const largest = message.photo.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.width > a.width ? b : a));
  const picture = /** @type {HTMLImageElement} */ (
    h('img.photo', {
      alt: message.caption ? 'Photo' : 'Photo without caption',
      width: largest.width || 800,
      height: largest.height || 600,
      style: { 'aspect-ratio': `${largest.width || 4} / ${largest.height || 3}` },
    })
  );
  picture.onerror = () => picture.replaceWith(h('p.missing', {}, 'This photo cannot be loaded.'));
  picture.src = api.fileUrl(largest.file_id);
  return picture;
}

/**
 * A sticker, with nothing around it. What is animated needs a player that the window has not got:
 * its emoji stands for it.
 * @param {Record<string, any>} about
 */
function sticker(about) {
  const name = `Sticker ${about.emoji ?? ''}`.trim();
  const title = about.set_name ? `${name} of ${about.set_name}` : name;
  const look = { title, testid: 'sticker', style: { 'aspect-ratio': `${about.width} / ${about.height}` } };
  const stand = () => h('div.sticker.unplayed', { ...look, role: 'img', 'aria-label': name }, h('span', {}, about.emoji ?? '🖼'), h('small', {}, about.is_animated ? 'animated' : 'not to be shown'));
  if (about.is_animated) return stand();
  const src = api.fileUrl(about.file_id);
  const element = about.is_video
    ? h('video.sticker', { ...look, src, 'aria-label': name, loop: true, muted: true, autoplay: !calm(), playsinline: true })
    : h('img.sticker', { ...look, alt: name, src });
  element.onerror = () => element.replaceWith(stand());
  return element;
}

/** A document; a protected one can be looked at but not saved. @param {Message} message */
function file(message) {
  const { document: about } = message;
  const name = about.file_name ?? 'file';
  const closed = Boolean(message.has_protected_content);
  const url = api.fileUrl(about.file_id);
  const save = () => (closed ? window.open(url, '_blank', 'noopener') : saveAs(url, name));
  return h(
    'div.file',
    {},
    h(
      'button.file-icon',
      { onclick: save, 'aria-label': `${closed ? 'Open' : 'Download'} ${name}`, testid: 'download' },
      icon(closed ? 'file' : 'download', 22),
    ),
    h(
      'div',
      {},
      h('b', { dir: 'auto' }, name),
      h('small', {}, about.file_size ? size(about.file_size) : 'Document', closed && h('span', {}, ' · protected')),
    ),
  );
}

/**
 * Saves what an address of the same origin holds (or a blob) under `name`.
 * @param {string} url
 * @param {string} name
 */
export function saveAs(url, name) {
  const link = /** @type {HTMLAnchorElement} */ (h('a', { href: url, download: name, hidden: true }));
  document.body.append(link);
  link.click();
  link.remove();
}
