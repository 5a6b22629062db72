/**
 * Fingers and faces. Source of the events: telegram-web-app.js, `BiometricManager`;
 * core.telegram.org/api/web-events.
 */

import { ask } from '../../parts/ask.js';
import { once } from '../once.js';
import { allow, permit, senses } from '../senses.js';

/** Characters in a token. Source: telegram-web-app.js. */
const TOKEN_MAX = 1024;
const NAMES = /** @type {Record<string, string>} */ ({ face: 'Face ID', finger: 'the fingerprint' });

/** @typedef {import('../host.js').Host} Host */

/** @param {Host} host */
function tellInfo(host) {
  const { biometry: type } = senses(host);
  if (type === 'none') return host.post('biometry_info_received', { available: false });
  const { asked, granted, token, device } = permit(host, 'biometry');
  const device_id = device ?? crypto.randomUUID().replaceAll('-', '');
  if (!device) allow(host, 'biometry', { device: device_id });
  host.post('biometry_info_received', {
    available: true, type, device_id, access_requested: Boolean(asked), access_granted: Boolean(granted),
    token_saved: Boolean(token),
  });
}

/** Asks whether the bot may. @param {Host} host @param {string} [reason] */
async function mayUse(host, reason) {
  const { bot } = host.launch;
  const { id } = await ask(host.layers, {
    title: 'Biometrics', testid: 'biometry-prompt',
    text: `Allow ${bot.first_name} to use ${NAMES[senses(host).biometry]}?${reason ? `\n\n${reason}` : ''}`,
    choices: [{ id: 'deny', text: 'Don’t allow' }, { id: 'allow', text: 'Allow', tone: 'primary' }],
  });
  // A question put away may be put again; a no holds until the settings say otherwise.
  allow(host, 'biometry', { asked: true, granted: id === 'allow', denied: id === 'deny' });
}

/** Whether it is the person: what the desk says, once somebody tries. @param {Host} host @param {string} [reason] */
async function isPerson(host, reason) {
  const { biometry, recognised } = senses(host);
  if (biometry === 'none' || !permit(host, 'biometry').granted) return false;
  const { id } = await ask(host.layers, {
    title: biometry === 'face' ? 'Face ID' : 'Fingerprint', testid: 'biometry-check',
    text: reason || `${host.launch.bot.first_name} wants to know that it is you.`,
    choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'try', text: biometry === 'face' ? 'Show face' : 'Touch', tone: 'primary' }],
  });
  return id === 'try' && recognised;
}

/** @type {Record<string, import('../bridge.js').Rule>} */
export const biometry = {
  web_app_biometry_get_info: { since: '7.2', run: tellInfo },
  web_app_biometry_request_access: {
    since: '7.2',
    run: once('biometry access', async (host, { reason }) => {
      const { granted, denied } = permit(host, 'biometry');
      if (senses(host).biometry !== 'none' && !granted && !denied) await mayUse(host, reason);
      tellInfo(host);
    }),
  },
  web_app_biometry_request_auth: {
    since: '7.2',
    run: once('biometry check', async (host, { reason }) => {
      if (!(await isPerson(host, reason))) return host.post('biometry_auth_requested', { status: 'failed' });
      host.post('biometry_auth_requested', { status: 'authorized', token: permit(host, 'biometry').token ?? '' });
    }),
  },
  web_app_biometry_update_token: {
    since: '7.2',
    run: once('biometry token', async (host, { token, reason }) => {
      const fits = typeof token === 'string' && token.length <= TOKEN_MAX;
      if (!fits || !(await isPerson(host, reason))) return host.post('biometry_token_updated', { status: 'failed' });
      allow(host, 'biometry', { token });
      host.post('biometry_token_updated', { status: token ? 'updated' : 'removed' });
    }),
  },
  web_app_biometry_open_settings: {
    since: '7.2',
    run: once('biometry access', async (host) => {
      if (senses(host).biometry === 'none' || !permit(host, 'biometry').asked) return;
      await mayUse(host);
      tellInfo(host);
    }),
  },
};
