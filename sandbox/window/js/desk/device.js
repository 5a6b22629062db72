/**
 * Desk: the device and its look.
 */

import { PLATFORMS, VERSIONS } from '../parts/address.js';
import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { THEME_NAMES, themeParams } from '../parts/theme.js';
import { cell, group, segments, select, toggle } from './controls.js';

const FRAMES = /** @type {const} */ ([['phone', 'Phone'], ['tablet', 'Tablet'], ['desktop', 'Desktop']]);

/** @param {import('../parts/store.js').Store} store */
export function lookGroup(store) {
  const themes = h('div.themes', { role: 'radiogroup', 'aria-label': 'Theme' });
  const inputs = THEME_NAMES.map(([name, label]) => {
    const { bg_color, secondary_bg_color, button_color, text_color } = themeParams(name, '9.6');
    const input = /** @type {HTMLInputElement} */ (h('input', {
      type: 'radio', name: 'theme', value: name, testid: `theme-${name}`, 'aria-label': label,
      onchange: () => store.set({ theme: name }),
    }));
    const style = { '--ground': secondary_bg_color, '--paper': bg_color, '--button': button_color, '--ink': text_color };
    themes.append(h('label.theme', {}, input,
      h('span.swatch', { style, 'aria-hidden': 'true' }, h('i'), h('i'), h('b')), h('span', { 'aria-hidden': 'true' }, label)));
    return input;
  });
  store.watch(['theme'], ({ theme }) => inputs.forEach((input) => { input.checked = input.value === theme; }));
  return group('Theme', themes);
}

/** @param {import('../parts/store.js').Store} store */
export function deviceGroup(store) {
  const frame = segments({
    name: 'frame', label: 'Frame',
    options: FRAMES.map(([value, label]) => ({ value, label, testid: `frame-${value}`, face: icon(value, 20) })),
    onchange: (value) => store.set({ frame: /** @type {any} */ (value) }),
  });
  const notch = toggle({ label: 'Notch and home line', testid: 'notch', onchange: (on) => store.set({ notch: on }) });
  const platform = select({
    label: 'Platform', testid: 'platform', options: PLATFORMS.map((name) => [name, name]),
    onchange: (value) => store.set({ platform: value }),
  });
  const version = select({
    label: 'Version', testid: 'version', options: VERSIONS.map((name) => [name, name]),
    onchange: (value) => store.set({ version: value }),
  });
  store.watch(['frame'], (state) => frame.set(state.frame));
  store.watch(['notch'], (state) => notch.set(state.notch));
  store.watch(['platform'], (state) => platform.set(state.platform));
  store.watch(['version'], (state) => version.set(state.version));
  const note = h('p.group-note', {}, 'Platform and version count from the next opening of the app.');
  return h('div', {}, group('Device', cell('Frame', frame.element), notch.element, platform.element, version.element), note);
}
