/**
 * Pictures, documents and other files in a message, read through `getFile` as a bot would.
 */

import { api } from '../parts/api.js';
import { h } from '../parts/dom.js';
import { size } from '../parts/format.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('../types.js').Message} Message */

/** Kinds shown as a card with a name; the window has no player of its own. */
const OTHERS = /** @type {Record<string, string>} */ ({
  video: 'Video', animation: 'Animation', audio: 'Audio', voice: 'Voice message',
  video_note: 'Video message', sticker: 'Sticker', contact: 'Contact', location: 'Location',
  poll: 'Poll', dice: 'Dice', venue: 'Place', story: 'Story', paid_media: 'Paid media', gift: 'Gift',
});

/**
 * The part of a message that is not text, if any.
 * @param {Message} message
 * @param {string} token
 * @param {(text: string) => void} complain
 * @returns {HTMLElement | null}
 */
export function media(message, token, complain) {
  if (message.photo?.length) return photo(message, token);
  if (message.document) return document_(message, token, complain);
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

/** @param {Message} message @param {string} token */
function photo(message, token) {
  const largest = message.photo.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.width > a.width ? b : a));
  const picture = /** @type {HTMLImageElement} */ (
    h('img.photo', {
      alt: message.caption ? 'Photo' : 'Photo without caption',
      width: largest.width || 800,
      height: largest.height || 600,
      style: { 'aspect-ratio': `${largest.width || 4} / ${largest.height || 3}` },
    })
  );
  api.fileUrl(token, largest.file_id).then(
    (url) => { picture.src = url; },
    () => picture.replaceWith(h('p.missing', {}, 'This photo cannot be loaded.')),
  );
  return picture;
}

/** @param {Message} message @param {string} token @param {(text: string) => void} complain */
function document_(message, token, complain) {
  const { document: file } = message;
  const name = file.file_name ?? 'file';
  const closed = Boolean(message.has_protected_content);
  const save = async () => {
    try {
      const url = await api.fileUrl(token, file.file_id);
      if (closed) window.open(url, '_blank', 'noopener');
      else saveAs(url, name);
    } catch {
      complain('This file cannot be loaded.');
    }
  };
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
      h('small', {}, file.file_size ? size(file.file_size) : 'Document', closed && h('span', {}, ' · protected')),
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
