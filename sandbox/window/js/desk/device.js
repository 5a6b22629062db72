/**
 * Desk: the device and its look.
 */

import { reinstall } from '../app/rules/secure.js';
import { PLATFORMS, VERSIONS } from '../parts/address.js';
import { addressForm } from '../parts/address-form.js';
import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { THEME_NAMES, themeParams } from '../parts/theme.js';
import { cell, group, segments, select, toggle } from './controls.js';
import { hapticsGroup } from './haptics.js';
import { insetsForm } from './insets.js';
import { sensesGroup } from './senses.js';

const FRAMES = /** @type {const} */ ([['phone', 'Phone'], ['tablet', 'Tablet'], ['desktop', 'Desktop']]);

const NETWORKS = /** @type {[import('../types.js').Network, string, string][]} */ ([
  ['good', 'Good', 'The phone reaches Telegram at once.'],
  ['slow', 'Slow', 'All that the phone sends to Telegram takes 2 s longer: opening, paying, writing.'],
  ['offline', 'None', 'Nothing that the phone sends reaches Telegram.'],
]);

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {(wish: import('../app/app.js').Wish) => Promise<void>} parts.launch
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function devicePanel({ store, launch, toast }) {
  return h('div', {}, lookGroup(store), deviceGroup(store), launchGroup(store, launch, toast), networkGroup(store), sensesGroup(store), hapticsGroup());
}

/** @param {import('../parts/store.js').Store} store */
function lookGroup(store) {
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
function deviceGroup(store) {
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
  return group('Device', cell('Frame', frame.element), notch.element, insetsForm(store), platform.element, version.element);
}

/**
 * @param {import('../parts/store.js').Store} store
 * @param {(wish: import('../app/app.js').Wish) => Promise<void>} launch
 * @param {import('../parts/toast.js').Toast} toast
 */
function launchGroup(store, launch, toast) {
  const full = toggle({ label: 'In fullscreen', testid: 'launch-fullscreen', onchange: (on) => store.set({ fullscreen: on }) });
  const open = /** @type {HTMLButtonElement} */ (h('button.amount', {
    testid: 'launch',
    onclick: () => launch({ url: store.state.bot?.menu_button?.web_app?.url, from: 'menu_button', fullscreen: store.state.fullscreen }),
  }, 'Open anew'));
  const address = addressForm((url) => launch({ url, from: 'menu_button', fullscreen: store.state.fullscreen }));
  const anew = h('button.amount', { testid: 'reinstall', onclick: () => (reinstall(), toast('Telegram was installed anew on this phone.', 'phone')) }, 'Install anew');
  store.watch(['fullscreen'], ({ fullscreen }) => full.set(fullscreen));
  store.watch(['bot'], ({ bot }) => { open.disabled = !bot?.menu_button?.web_app; });
  return h('div', {}, group('Mini App', full.element, cell('From the menu button', open), address, cell('Telegram', anew)),
    h('p.group-note', {}, 'Platform, version and fullscreen count from the next opening. Installed anew, the phone has lost what apps stored on it; what was in secure storage can be restored.'));
}

/** @param {import('../parts/store.js').Store} store */
function networkGroup(store) {
  const choice = segments({
    name: 'network', label: 'Network',
    options: NETWORKS.map(([value, label]) => ({ value, label, testid: `network-${value}`, face: label })),
    onchange: (value) => store.set({ network: /** @type {any} */ (value) }),
  });
  const hint = h('p.group-note', { 'aria-live': 'polite' });
  store.watch(['network'], ({ network }) => {
    choice.set(network);
    hint.textContent = NETWORKS.find(([value]) => value === network)?.[2] ?? '';
  });
  return h('div', {}, group('Network', cell('Line to Telegram', choice.element)), hint);
}
