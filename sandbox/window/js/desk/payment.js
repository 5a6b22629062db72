/**
 * Desk: how the next payment ends. It goes back to normal by itself after one payment.
 */

import { fill, h } from '../parts/dom.js';
import { OUTCOMES, outcome } from '../pay/outcome.js';
import { group, select } from './controls.js';

/** @param {import('../parts/store.js').Store} store */
export function paymentGroup(store) {
  const choice = select({
    label: 'Next payment', testid: 'next-outcome',
    options: OUTCOMES.map((one) => [one.id, one.label]),
    onchange: (value) => store.set({ outcome: value }),
  });
  const hint = h('p.group-note', { 'aria-live': 'polite' });
  store.watch(['outcome'], (state) => {
    choice.set(state.outcome);
    fill(hint, outcome(state.outcome).hint);
  });
  return h('div', {}, group('Payment', choice.element), hint);
}
