/**
 * Getting more Stars: the sheet that Telegram shows when the balance is too low.
 */

import { api } from '../parts/api.js';
import { h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { icon, star } from '../parts/icon.js';

/** Packs as Telegram sells them. */
const PACKS = [50, 100, 250, 500, 1000, 2500, 10_000];
/** How many packs are offered at once. */
const OFFERED = 4;

/**
 * @param {{layers: import('../parts/layers.js').Layers, session: import('../session.js').Session,
 *   toast: import('../parts/toast.js').Toast, user: number}} parts
 * @param {{need: number, for: string}} reason
 * @returns {Promise<number | null>} the new balance, null when the buyer left
 */
export function askTopUp({ layers, session, toast, user }, reason) {
  const enough = PACKS.filter((pack) => pack >= reason.need);
  const packs = enough.length ? enough.slice(0, OFFERED) : [reason.need];
  return new Promise((done) => {
    /** @param {number | null} balance */
    const leave = (balance) => {
      close();
      done(balance);
    };
    const buy = async (/** @type {number} */ amount) => {
      try {
        const { balance } = await api.addStars(user, amount);
        await session.loadPerson();
        leave(balance);
        toast(`${count(amount)} Stars were added to your balance.`, 'star', 'Stars added');
      } catch (error) {
        toast(/** @type {Error} */ (error).message, 'alert');
      }
    };
    const body = h(
      'div.pay.top-up-sheet',
      {},
      h('div.pay-head', {}, h('button.round', { 'aria-label': 'Close', testid: 'top-up-close', onclick: () => leave(null) }, icon('close'))),
      h('div.pay-picture', {}, star(84)),
      h('h2', {}, `${count(reason.need)} more needed`),
      h('p.pay-text', { dir: 'auto' }, `Get Stars to pay ${reason.for}. They cost nothing in the sandbox.`),
      h('div.packs', {}, packs.map((pack, at) =>
        h('button.pack', { testid: `pack-${pack}`, autofocus: at === 0, onclick: () => buy(pack) },
          star(20), h('b', {}, count(pack)), h('span', {}, 'Stars'), h('em', {}, 'Get')))),
    );
    const close = layers.open({ kind: 'sheet', label: 'Get Stars', body, testid: 'top-up-sheet', onDismiss: () => done(null) });
  });
}
