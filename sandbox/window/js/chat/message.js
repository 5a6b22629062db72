/**
 * One message as a bubble, or as a line in the middle when it tells of an event.
 */

import { avatar } from '../parts/avatar.js';
import { h } from '../parts/dom.js';
import { clock, count } from '../parts/format.js';
import { icon, star } from '../parts/icon.js';
import { rich } from './entities.js';
import { inlineKeyboard } from './keyboard.js';
import { media } from './media.js';
import { paidMedia } from './paid-media.js';
import { name, serviceText } from './service.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./keyboard.js').ButtonActs} ButtonActs */

/**
 * Where a message stands: whose chat it is in, and beside which messages of the same person.
 * @typedef {object} Place
 * @property {string} bot the bot's name
 * @property {number} me the person at the phone
 * @property {boolean} crowd several people write here
 * @property {boolean} first nobody else wrote just before, so that its writer is named
 * @property {boolean} last nobody else writes just after, so that its writer is shown
 * @property {boolean} open the person may write here, and so answer
 * @property {ButtonActs} acts
 */

/**
 * @param {Message} message
 * @param {Place} about
 * @returns {HTMLElement}
 */
export function messageElement(message, about) {
  const event = serviceText(message, about.bot, about.me);
  const common = { testid: 'message', 'data-message-id': message.message_id };
  if (event) return h('div.service', common, h('span', { dir: 'auto' }, event));
  const { acts, me } = about;
  const mine = message.from?.id === me;
  const writer = message.from ?? message.chat;
  const named = about.crowd && !mine;
  const words = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const picture = message.invoice ? invoiceCard(message) : message.paid_media ? paidMedia(message, me, acts.unlock) : media(message);
  const bare = message.sticker || (message.photo && !words);
  return h(
    'article.message',
    {
      ...common,
      class: `message ${mine ? 'mine' : 'theirs'}${named ? ' named' : ''}${message.photo ? ' with-photo' : ''}${message.sticker ? ' with-sticker' : ''}${bare ? ' bare' : ''}`,
      'aria-label': name(writer, me),
    },
    h(
      'div.bubble',
      {},
      named && about.first && h('b.writer', { dir: 'auto', 'aria-hidden': 'true' }, name(writer, me)),
      quote(message, me),
      picture,
      words && h('div.text', { dir: 'auto' }, rich(words, entities, acts)),
      h(
        'div.stamp',
        {},
        message.has_protected_content && icon('lock', 11),
        message.edit_date && 'edited ',
        h('time', { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
        mine && icon('checks', 15),
      ),
    ),
    about.open && h('button.round.answer', { testid: 'answer', 'aria-label': `Answer ${name(writer, me)}`, onclick: () => acts.answer(message) }, icon('reply', 18)),
    inlineKeyboard(message, acts),
    named && about.last && avatar({ first_name: writer.title, ...writer }, 34),
  );
}

/** What the message answers, if anything. @param {Message} message @param {number} me */
function quote(message, me) {
  const to = message.reply_to_message;
  if (!to) return null;
  const { who, words } = inShort(/** @type {Message} */ (to), me);
  return h('div.quote', { testid: 'quote' }, h('b', { dir: 'auto' }, who), h('span', { dir: 'auto' }, words));
}

/** Who wrote what, in a line. @param {Message} message @param {number} me */
export function inShort(message, me) {
  const words = message.text ?? message.caption ?? (message.photo ? 'Photo' : message.sticker ? 'Sticker' : message.invoice?.title ?? 'Message');
  return { who: name(message.from ?? message.chat, me), words };
}

/** @param {Message} message */
function invoiceCard(message) {
  const { invoice } = message;
  const photo = message.invoice_photo_url ?? invoice.photo_url;
  return h(
    'div.invoice',
    {},
    photo && h('img.photo', { src: photo, alt: '' }),
    h('b', { dir: 'auto' }, invoice.title),
    h('p', { dir: 'auto' }, invoice.description),
    h('span.price', {}, star(16), count(invoice.total_amount)),
  );
}
