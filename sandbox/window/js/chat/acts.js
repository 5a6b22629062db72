/**
 * What taps on links and buttons in messages do.
 */

import { api } from '../parts/api.js';
import { ask } from '../parts/ask.js';
import { copy } from '../parts/clipboard.js';
import { stars } from '../parts/format.js';

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/layers.js').Layers} parts.layers
 * @param {import('../parts/toast.js').Toast} parts.toast
 * @param {Pick<import('../app/host.js').Go, 'follow'|'launch'|'pay'>} parts.go
 * @param {(text: string) => void} parts.say
 * @param {(text: string) => void} parts.draft
 * @param {(message: import('../types.js').Message) => void} parts.answer
 * @returns {import('./keyboard.js').ButtonActs}
 */
export function createActs({ store, session, layers, toast, go, say, draft, answer }) {
  /** The last press, whose answer is waited for. */
  let pressed = '';
  session.onCallbackAnswer((answer) => {
    if (pressed && String(answer.callback_query_id) !== pressed) return;
    if (answer.url) go.follow(answer.url);
    else if (answer.text && answer.show_alert) {
      ask(layers, { text: answer.text, choices: [{ id: 'ok', text: 'OK', tone: 'primary' }] });
    } else if (answer.text) toast(answer.text);
  });
  return {
    link: go.follow,
    say,
    draft,
    answer,
    pay: (message) => (message.invoice_slug ? go.pay(message.invoice_slug) : toast('This invoice has no link.', 'alert')),
    webApp: (url, from, button) => go.launch({ url, from, button }),
    async contact() {
      const { bot, person } = store.state;
      if (!bot || !person) return;
      const { id } = await ask(layers, {
        title: 'Share phone number', text: `Share your phone number with ${bot.first_name}?`, testid: 'phone-prompt',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'share', text: 'Share', tone: 'primary' }],
      });
      if (id === 'share') api.shareContact(bot.token, person.id).catch((error) => toast(error.message, 'alert'));
    },
    async unlock(message) {
      const { bot, person, community } = store.state;
      if (!bot || !person) return;
      const price = stars(message.paid_media.star_count);
      const { id } = await ask(layers, {
        text: `Unlock these media for ${price}?`, testid: 'unlock-prompt',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'unlock', text: 'Unlock', tone: 'primary' }],
      });
      if (id !== 'unlock') return;
      const buying = api.unlock(bot.token, person.id, message.message_id, community?.id);
      await buying.then(session.loadPerson).catch((error) => toast(error.message, 'alert'));
    },
    async copy(text) {
      toast((await copy(text)) ? 'Copied to clipboard' : 'The browser did not allow copying.', 'copy');
    },
    async callback(message, data) {
      const { bot, person, community } = store.state;
      if (!bot || !person) return;
      pressed = '';
      try {
        const answer = await api.callback(bot.token, person.id, message.message_id, data, community?.id);
        pressed = String(answer?.callback_query_id ?? '');
      } catch (error) {
        toast(/** @type {Error} */ (error).message, 'alert');
      }
    },
  };
}
