/**
 * Where the phone is. Source of the events: telegram-web-app.js, `LocationManager`.
 */

import { ask } from '../../parts/ask.js';
import { once } from '../once.js';
import { allow, permit, senses } from '../senses.js';

/** How exactly a phone knows its place in a town, m. */
const ACCURACY_M = 15;

/** @typedef {import('../host.js').Host} Host */

/** @param {Host} host */
function tellAccess(host) {
  if (!senses(host).located) return host.post('location_checked', { available: false });
  const { asked, granted } = permit(host, 'location');
  host.post('location_checked', { available: true, access_requested: Boolean(asked), access_granted: Boolean(granted) });
}

/** @param {Host} host */
async function mayKnow(host) {
  const { id } = await ask(host.layers, {
    title: 'Location', text: `Allow ${host.launch.bot.first_name} to know where you are?`, testid: 'location-prompt',
    choices: [{ id: 'deny', text: 'Don’t allow' }, { id: 'allow', text: 'Allow', tone: 'primary' }],
  });
  allow(host, 'location', { asked: true, granted: id === 'allow', denied: id === 'deny' });
}

/** @param {Host} host */
const nowhere = (host) => host.post('location_requested', { available: false });

/** @type {Record<string, import('../bridge.js').Rule>} */
export const location = {
  web_app_check_location: { since: '8.0', run: tellAccess },
  web_app_request_location: {
    since: '8.0',
    run: once('location', async (host) => {
      const { granted, denied } = permit(host, 'location');
      if (senses(host).located && !granted && !denied) await mayKnow(host);
      const { located, latitude, longitude } = senses(host);
      if (!located || !permit(host, 'location').granted) return nowhere(host);
      host.post('location_requested', {
        available: true, latitude, longitude, altitude: null, course: null, speed: null,
        horizontal_accuracy: ACCURACY_M, vertical_accuracy: null, course_accuracy: null, speed_accuracy: null,
      });
    }),
  },
  web_app_open_location_settings: {
    since: '8.0',
    run: once('location', async (host) => {
      if (!senses(host).located || !permit(host, 'location').asked) return;
      await mayKnow(host);
      tellAccess(host);
    }),
  },
};
