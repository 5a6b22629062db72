/**
 * Desk: what the phone feels, and tells apps that may know it.
 */

import { h } from '../parts/dom.js';
import { cell, group, segments, select, toggle } from './controls.js';

/** @typedef {import('../types.js').Senses} Senses */

const MOTIONS = /** @type {[Senses['motion'], string][]} */ ([['still', 'Still'], ['wobble', 'Wobbles'], ['none', 'No sensors']]);
/** The phone can be tilted so far either way, degrees. */
const TILT_MAX = 90;

/** @param {import('../parts/store.js').Store} store */
export function sensesGroup(store) {
  const set = (/** @type {Partial<Senses>} */ change) => store.set({ senses: { ...store.state.senses, ...change } });
  const biometry = select({
    label: 'Biometrics', testid: 'biometry', options: [['face', 'Face'], ['finger', 'Finger'], ['none', 'None']],
    onchange: (value) => set({ biometry: /** @type {any} */ (value) }),
  });
  const recognised = toggle({ label: 'Recognises the person', testid: 'recognised', onchange: (on) => set({ recognised: on }) });
  const located = toggle({ label: 'Knows its place', testid: 'located', onchange: (on) => set({ located: on }) });
  const north = degrees('Latitude', 'latitude', 90, (latitude) => set({ latitude }));
  const east = degrees('Longitude', 'longitude', 180, (longitude) => set({ longitude }));
  const moved = segments({
    name: 'motion', label: 'Motion', options: MOTIONS.map(([value, label]) => ({ value, label, testid: `motion-${value}`, face: label })),
    onchange: (value) => set({ motion: /** @type {any} */ (value) }),
  });
  const forward = tilt('Tilt forward', 'tilt-beta', (beta) => set({ beta }));
  const aside = tilt('Tilt aside', 'tilt-gamma', (gamma) => set({ gamma }));
  const place = h('div.form.place', {}, h('div.form-pair', {}, north.element, east.element));
  store.watch(['senses'], ({ senses }) => {
    biometry.set(senses.biometry);
    recognised.set(senses.recognised);
    recognised.enable(senses.biometry !== 'none');
    located.set(senses.located);
    place.hidden = !senses.located;
    north.set(senses.latitude);
    east.set(senses.longitude);
    moved.set(senses.motion);
    forward.set(senses.beta);
    aside.set(senses.gamma);
  });
  return h('div', {},
    group('Senses', biometry.element, recognised.element, located.element, place, cell('Motion', moved.element), forward.element, aside.element),
    h('p.group-note', {}, 'On ios and android only. What the person allowed an app is forgotten when Telegram is installed anew.'));
}

/** @param {string} label @param {string} testid @param {number} most @param {(value: number) => void} change */
function degrees(label, testid, most, change) {
  const input = /** @type {HTMLInputElement} */ (h('input', {
    type: 'number', step: 'any', min: String(-most), max: String(most), testid,
    onchange: () => change(Math.min(Math.max(Number(input.value) || 0, -most), most)),
  }));
  return { element: h('label.form-field', {}, h('span', {}, label), input), set: (/** @type {number} */ value) => { input.value = String(value); } };
}

/** @param {string} label @param {string} testid @param {(value: number) => void} change */
function tilt(label, testid, change) {
  const input = /** @type {HTMLInputElement} */ (h('input.slider', {
    type: 'range', min: String(-TILT_MAX), max: String(TILT_MAX), testid, oninput: () => change(Number(input.value)),
  }));
  const shown = h('output.tilt');
  const set = (/** @type {number} */ value) => {
    input.value = String(value);
    input.style.setProperty('--done', `${((value + TILT_MAX) / (2 * TILT_MAX)) * 100}%`);
    shown.textContent = `${value}°`;
  };
  return { element: h('label.cell', {}, h('span.cell-label', {}, label), input, shown), set };
}
