/**
 * Desk: how much of the screen the device covers on each side, and Telegram's own buttons
 * in fullscreen.
 */

import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';

/** No device covers more, px. */
const MOST = 200;

const SIDES = /** @type {const} */ ([['top', 'Top'], ['bottom', 'Bottom'], ['left', 'Left'], ['right', 'Right']]);
/** Known devices: name, top and bottom px. */
const DEVICES = /** @type {[string, number, number][]} */ ([['Notch', 47, 34], ['Island', 59, 34], ['Hole', 24, 16]]);

/** @param {import('../parts/store.js').Store} store */
export function insetsForm(store) {
  const fields = SIDES.map(([side, label]) => field(label, `inset-${side}`, (px) => store.set({ insets: { ...store.state.insets, [side]: px } })));
  const content = field('Telegram’s buttons', 'inset-content', (px) => store.set({ contentTop: px }));
  const known = DEVICES.map(([label, top, bottom]) =>
    h('button.amount', { testid: `insets-${label.toLowerCase()}`, onclick: () => store.set({ insets: { top, bottom, left: 0, right: 0 } }) }, label));
  store.watch(['insets', 'contentTop'], ({ insets, contentTop }) => {
    SIDES.forEach(([side], at) => fields[at].set(insets[side]));
    content.set(contentTop);
  });
  return h('details.own-fault', {},
    h('summary.cell', { testid: 'insets' }, h('span.cell-label', {}, 'Insets of screen and buttons'), icon('down', 18)),
    h('div.form', {},
      h('div.amounts.start', { role: 'group', 'aria-label': 'Known devices' }, known),
      h('div.form-pair', {}, fields.map(({ element }) => element)),
      content.element,
      h('p.quiet', {}, 'In px. The top counts in fullscreen, where Telegram’s buttons lie below it; elsewhere Telegram’s own bars keep the app clear.')));
}

/** @param {string} label @param {string} testid @param {(px: number) => void} change */
function field(label, testid, change) {
  const input = /** @type {HTMLInputElement} */ (h('input', {
    type: 'number', min: '0', max: String(MOST), testid, onchange: () => change(Math.min(Math.max(Number(input.value) || 0, 0), MOST)),
  }));
  return { element: h('label.form-field', {}, h('span', {}, label), input), set: (/** @type {number} */ px) => { input.value = String(px); } };
}
