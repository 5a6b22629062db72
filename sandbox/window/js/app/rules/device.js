/**
 * What the app asks of the device: home screen, emoji status, a chat.
 */

import { ask } from '../../parts/ask.js';
import { isPhone } from '../device.js';
import { once } from '../once.js';

/** @param {import('../host.js').Host} host */
const homeKey = (host) => `home-screen:${host.launch.bot.id}:${host.launch.user}`;

/** @type {Record<string, import('../bridge.js').Rule>} */
export const device = {
  web_app_check_home_screen: {
    since: '8.0',
    run(host) {
      if (!isPhone(host.launch.platform)) return host.post('home_screen_checked', { status: 'unsupported' });
      host.post('home_screen_checked', { status: localStorage.getItem(homeKey(host)) ? 'added' : 'missed' });
    },
  },
  web_app_add_to_home_screen: {
    since: '8.0',
    run: once('home screen', async (host) => {
      if (!isPhone(host.launch.platform)) return host.post('home_screen_failed', { error: 'UNSUPPORTED' });
      const { id } = await ask(host.layers, {
        title: 'Add to home screen',
        text: `Put ${host.launch.bot.first_name} on the home screen?`,
        testid: 'home-screen-prompt',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'add', text: 'Add', tone: 'primary' }],
      });
      if (id !== 'add') return;
      localStorage.setItem(homeKey(host), '1');
      host.post('home_screen_added');
    }),
  },
  web_app_request_emoji_status_access: {
    since: '8.0',
    run: once('emoji access', async (host) => {
      const { id } = await ask(host.layers, {
        title: 'Emoji status',
        text: `Allow ${host.launch.bot.first_name} to set your emoji status?`,
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'allow', text: 'Allow', tone: 'primary' }],
      });
      host.post('emoji_status_access_requested', { status: id === 'allow' ? 'allowed' : 'cancelled' });
    }),
  },
  web_app_set_emoji_status: {
    since: '8.0',
    run: once('emoji status', async (host, data) => {
      /* Codes: telegram-tt, src/types/webapp.ts. */
      const fail = (/** @type {string} */ error) => host.post('emoji_status_failed', { error });
      if (!/^\d+$/.test(String(data.custom_emoji_id))) return fail('SUGGESTED_EMOJI_INVALID');
      if (data.duration !== undefined && !(data.duration >= 0)) return fail('DURATION_INVALID');
      const { id } = await ask(host.layers, {
        title: 'Emoji status',
        text: `Set the emoji ${data.custom_emoji_id} as your status?`,
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'set', text: 'Set', tone: 'primary' }],
      });
      if (id === 'set') host.post('emoji_status_set');
      else fail('USER_DECLINED');
    }),
  },
  web_app_request_chat: {
    since: '9.6',
    run: (host, data) => host.post('requested_chat_failed', { req_id: data.req_id, error: 'UNSUPPORTED' }),
  },
};
