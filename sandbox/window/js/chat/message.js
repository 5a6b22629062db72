/**
 * One message as a bubble, or as a line in the middle when it tells of an event.
 */

import { h } from '../parts/dom.js';
import { clock, count } from '../parts/format.js';
import { icon, star } from '../parts/icon.js';
import { rich } from './entities.js';
import { inlineKeyboard } from './keyboard.js';
import { media } from './media.js';

/** @typedef {import('../types.js').Message} Message */
/** @typedef {import('./keyboard.js').ButtonActs} ButtonActs */

/**
 * @param {Message} message
 * @param {{bot: string, mine: boolean, acts: ButtonActs}} about
 * @returns {HTMLElement}
 */
export function messageElement(message, about) {
  const event = serviceText(message, about.bot);
  const common = { testid: 'message', 'data-message-id': message.message_id };
  if (event) return h('div.service', common, h('span', { dir: 'auto' }, event));
  const { acts } = about;
  const words = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const picture = message.invoice ? invoiceCard(message) : media(message);
  const bare = message.sticker || (message.photo && !words);
  return h(
    'article.message',
    {
      ...common,
      class: `message ${about.mine ? 'mine' : 'theirs'}${message.photo ? ' with-photo' : ''}${message.sticker ? ' with-sticker' : ''}${bare ? ' bare' : ''}`,
      'aria-label': about.mine ? 'You' : about.bot,
    },
    h(
      'div.bubble',
      {},
      picture,
      words && h('div.text', { dir: 'auto' }, rich(words, entities, acts)),
      h(
        'div.stamp',
        {},
        message.has_protected_content && icon('lock', 11),
        message.edit_date && 'edited ',
        h('time', { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
        about.mine && icon('checks', 15),
      ),
    ),
    inlineKeyboard(message, acts),
  );
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

/**
 * The sentence for a message that nobody wrote, or null for an ordinary one.
 * @param {Message} message
 * @param {string} bot
 * @returns {(Node | string)[] | null}
 */
function serviceText(message, bot) {
  const paid = message.successful_payment;
  if (paid) {
    const again = paid.is_recurring && !paid.is_first_recurring ? ' for the next period' : '';
    return ['You paid ', star(14), ` ${count(paid.total_amount)} to ${bot}${again}`];
  }
  const back = message.refunded_payment;
  if (back) return [`${bot} returned `, star(14), ` ${count(back.total_amount)} to you`];
  if (message.write_access_allowed) return ['You allowed this bot to message you'];
  if (message.contact && message.contact.user_id === message.from?.id) return [`You shared your phone number +${message.contact.phone_number}`];
  if (message.web_app_data) return [`Data from the button “${message.web_app_data.button_text}” was sent to the bot`];
  if (message.pinned_message) return [`${bot} pinned a message`];
  if (message.users_shared || message.chat_shared) return ['You shared a chat with the bot'];
  return null;
}
