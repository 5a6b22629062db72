/**
 * Desk: the sandbox's clock. It only goes forward; renewals, deadlines and late updates
 * come due on the way.
 */

import { api } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { cell, group } from './controls.js';

const JUMPS = /** @type {[string, number][]} */ ([['+1 hour', 3600], ['+1 day', 86_400], ['+30 days', 2_592_000]]);

/**
 * @param {object} parts
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function clockGroup({ session, toast }) {
  const shown = h('output', { testid: 'clock', 'aria-live': 'polite' }, '…');
  /** @param {{now: number}} time */
  const show = ({ now }) => fill(shown, new Date(now * 1000).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }));
  const complain = (/** @type {Error} */ error) => toast(error.message, 'alert');
  const jumps = h('div.amounts', { role: 'group', 'aria-label': 'Move the clock' }, JUMPS.map(([label, seconds]) =>
    h('button.amount', { testid: `clock-${seconds}`, onclick: () => api.advance(seconds).then(show, complain) }, label)));
  session.onTime(show);
  api.time().then(show, complain);
  return group('Clock', cell('Now', shown), cell('Jump', jumps));
}
