/**
 * What stands on the phone before the first bot has shown itself.
 */

import { addressForm } from './parts/address-form.js';
import { h } from './parts/dom.js';
import { icon } from './parts/icon.js';

/** @param {(url: string) => void} open a Mini App without a bot of one's own */
export function createWaiting(open) {
  return h('section.waiting', { testid: 'waiting', 'aria-label': 'Waiting for a bot' },
    h('span.waiting-picture', {}, icon('bot', 44)),
    h('h2', {}, 'Waiting for a bot to connect…'),
    h('p', {}, 'Any token works. Give your bot this address in place of api.telegram.org:'),
    h('code', {}, location.origin),
    h('p', {}, 'It appears here with its first call. Or try a Mini App alone, with a bot that only has its menu button:'),
    h('div.cells', {}, addressForm(open, 'waiting-')));
}
