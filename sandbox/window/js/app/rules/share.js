/**
 * Prepared messages: the user chooses a chat, and the message goes there.
 */

import { api } from '../../parts/api.js';
import { ask } from '../../parts/ask.js';
import { h } from '../../parts/dom.js';
import { trace } from '../../parts/trace.js';
import { once } from '../once.js';

/** @typedef {import('../host.js').Host} Host */
/** @typedef {import('../../types.js').Prepared} Prepared */

/** The choice of a person, with whom the sandbox has no chat to show. */
const PERSON = '';

/** What a message says, as far as its result tells. @param {Record<string, any>} result */
const textOf = (result) => result.input_message_content?.message_text ?? result.caption ?? result.title ?? '';

/**
 * @param {Host} host @param {Prepared} prepared
 * @returns {Promise<number | undefined | null>} the chat, nobody's for a person, or null
 */
async function chooseChat(host, prepared) {
  const people = prepared.to_people ? [h('option', { value: PERSON }, 'A person')] : [];
  const options = [...prepared.chats.map(({ id, title }) => h('option', { value: String(id) }, title)), ...people];
  const choice = /** @type {HTMLSelectElement} */ (h('select', { 'aria-label': 'Chat', testid: 'share-chat' }, options));
  const { id } = await ask(host.layers, {
    title: 'Share message',
    text: textOf(prepared.result),
    extra: options.length ? choice : h('p', {}, 'There is no chat that it may go to.'),
    testid: 'share',
    choices: [
      { id: 'cancel', text: 'Cancel' },
      ...(options.length ? [{ id: 'share', text: 'Send', tone: /** @type {const} */ ('primary') }] : []),
    ],
  });
  if (id !== 'share') return null;
  return choice.value === PERSON ? undefined : Number(choice.value);
}

/** @type {Record<string, import('../bridge.js').Rule>} */
export const share = {
  web_app_send_prepared_message: {
    since: '8.0',
    run: once('share', async (host, data) => {
      const { bot, user, platform } = host.launch;
      /** Codes: telegram-tt, src/types/webapp.ts. @param {string} error @param {string} [why] */
      const fail = (error, why) => {
        if (why) trace.note(why);
        host.post('prepared_message_failed', { error });
      };
      const prepared = await api.prepared(String(data.id)).catch(() => null);
      if (prepared?.bot_id !== bot.id || prepared.user_id !== user || !prepared.is_valid) {
        return fail('MESSAGE_EXPIRED', 'There is no message with this id, it is another bot\'s or user\'s, or its time is over.');
      }
      const chat = await chooseChat(host, prepared);
      if (chat === null) return fail('USER_DECLINED');
      try {
        await api.share(String(data.id), user, chat);
      } catch (error) {
        return fail('MESSAGE_SEND_FAILED', /** @type {Error} */ (error).message);
      }
      host.post('prepared_message_sent');
      /* As in Web K, which closes the app when the message is sent. */
      if (platform === 'webk') host.close();
    }),
  },
};
