/**
 * The sentence for a message that nobody wrote.
 */

import { h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { star } from '../parts/icon.js';

/** @typedef {import('../types.js').Message} Message */

/**
 * The sentence, or null for an ordinary message.
 * @param {Message} message
 * @param {string} bot its name
 * @param {number} me the person at the phone
 * @returns {(Node | string)[] | null}
 */
export function serviceText(message, bot, me) {
  const paid = message.successful_payment;
  if (paid) {
    const again = paid.is_recurring && !paid.is_first_recurring ? ' for the next period' : '';
    return [buyer(message, me) ?? 'Somebody', ' paid ', star(14), ` ${count(paid.total_amount)} to ${bot}${again}`];
  }
  const back = message.refunded_payment;
  if (back) {
    // Alone with the buyer the bot says so itself, and the chat is the buyer's.
    const to = message.chat.type === 'private' ? message.chat : message.from;
    const whom = to?.id === me ? 'you' : buyer({ from: to }, me) ?? 'somebody';
    return [`${bot} returned `, star(14), ` ${count(back.total_amount)} to `, whom];
  }
  if (message.write_access_allowed) return ['You allowed this bot to message you'];
  if (message.contact && message.contact.user_id === message.from?.id) return [`You shared your phone number +${message.contact.phone_number}`];
  if (message.web_app_data) return [`Data from the button “${message.web_app_data.button_text}” was sent to the bot`];
  if (message.users_shared || message.chat_shared) return ['You shared a chat with the bot'];
  return change(message, me);
}

/** Who paid; a channel does not say. @param {Pick<Message, 'from'>} message @param {number} me */
function buyer({ from }, me) {
  return from && h('bdi', {}, name(from, me));
}

/** What happened to a group. @param {Message} message @param {number} me */
function change(message, me) {
  const { from } = message;
  /** Names of any direction leave the sentence as it is. */
  const called = (/** @type {Parameters<typeof name>[0]} */ one) => h('bdi', {}, name(one, me));
  const who = called(from ?? message.chat);
  const [came] = message.new_chat_members ?? [];
  if (came) return came.id === from?.id ? [who, ' joined the group'] : [who, ' added ', called(came)];
  const gone = message.left_chat_member;
  if (gone) return gone.id === from?.id ? [who, ' left the group'] : [who, ' removed ', called(gone)];
  if (message.new_chat_title) return [who, ' changed the name to “', h('bdi', {}, message.new_chat_title), '”'];
  if (message.pinned_message) return [who, ' pinned a message'];
  return null;
}

/**
 * What somebody is called.
 * @param {{id: number, first_name?: string, last_name?: string, title?: string}} who
 * @param {number} me
 */
export function name(who, me) {
  if (who.id === me) return 'You';
  return who.title ?? [who.first_name, who.last_name].filter(Boolean).join(' ');
}
