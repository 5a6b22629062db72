/**
 * What a hand does to the phone besides tapping: it turns it, and swipes down over the app.
 */

import { h } from './parts/dom.js';
import { icon } from './parts/icon.js';

/**
 * @param {object} parts
 * @param {import('./parts/store.js').Store} parts.store
 * @param {() => void} parts.swipe
 * @param {import('./parts/toast.js').Toast} parts.toast
 */
export function createHand({ store, swipe, toast }) {
  const turn = h('button.round', {
    'aria-label': 'Turn the phone', testid: 'turn-phone',
    onclick: () => {
      const { sideways, locked } = store.state;
      store.set({ sideways: !sideways });
      if (locked !== null) toast('The Mini App keeps the screen as it is.', 'phone', 'Orientation locked');
    },
  }, icon('reload', 20));
  const pull = h('button.round', { 'aria-label': 'Swipe down over the app', testid: 'swipe-down', onclick: swipe }, icon('down', 20));
  store.watch(['sideways'], ({ sideways }) => turn.setAttribute('aria-pressed', String(sideways)));
  return h('div.hand', { role: 'group', 'aria-label': 'The hand at the phone' }, turn, pull);
}
