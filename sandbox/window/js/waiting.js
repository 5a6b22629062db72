/**
 * What stands on the phone before the first bot has shown itself.
 */

import { h } from './parts/dom.js';
import { icon } from './parts/icon.js';

export function createWaiting() {
  return h('section.waiting', { testid: 'waiting', 'aria-label': 'Waiting for a bot' },
    h('span.waiting-picture', {}, icon('bot', 44)),
    h('h2', {}, 'Waiting for a bot to connect…'),
    h('p', {}, 'Any token works. Give your bot this address in place of api.telegram.org:'),
    h('code', {}, location.origin),
    h('p', {}, 'It appears here with its first call.'));
}
