/**
 * The middle: a phone, tablet or desktop window, scaled down when it does not fit, so that
 * the app inside always sees the full size.
 */

import { h } from './parts/dom.js';
import { direction } from './parts/format.js';

/** Sizes of the screens, px. */
const SCREENS = /** @type {Record<string, [number, number]>} */ ({
  phone: [390, 844], tablet: [834, 1112],
});
/** A desktop window takes the room there is, within these bounds, px. */
const DESKTOP = { width: [640, 1180], height: [620, 820] };
/** Frame around the screen, px; see stage.css. */
const BEZEL = 10;
/** Air around the device, px. */
const AIR = 16;
/** Below this the window itself is the phone, px; see stage.css. */
const NARROW = matchMedia('(max-width: 600px)');

/**
 * @param {object} parts
 * @param {import('./parts/store.js').Store} parts.store
 * @param {HTMLElement[]} parts.floors chat, app bar and app
 * @param {HTMLElement} parts.layers
 * @param {HTMLElement} parts.toasts
 * @param {HTMLElement} parts.hand
 */
export function createStage({ store, floors, layers, toasts, hand }) {
  const screen = h('div.screen', {}, statusBar(), h('div.view', {}, floors, layers, toasts), h('div.home-line', { 'aria-hidden': 'true' }));
  const device = h('div.device', {}, screen);
  const element = h('div.stage-inner', {}, device, hand);

  function fit() {
    const { frame, sideways, locked } = store.state;
    const full = frame === 'full' || NARROW.matches;
    document.documentElement.dataset.frame = full ? 'full' : frame;
    if (full) return;
    const room = element.getBoundingClientRect();
    const upright = SCREENS[frame];
    const turned = upright && (locked ?? sideways) ? [upright[1], upright[0]] : upright;
    const [width, height] = turned ?? [
      within(room.width - AIR * 2 - BEZEL * 2, DESKTOP.width), within(room.height - AIR * 2 - BEZEL * 2, DESKTOP.height),
    ];
    const scale = Math.min(1, (room.width - AIR * 2) / (width + BEZEL * 2), (room.height - AIR * 2) / (height + BEZEL * 2));
    device.style.setProperty('--width', `${width}px`);
    device.style.setProperty('--height', `${height}px`);
    device.style.setProperty('--scale', String(Math.max(scale, 0.3)));
  }

  new ResizeObserver(fit).observe(element);
  NARROW.addEventListener('change', fit);
  store.watch(['frame', 'sideways', 'locked'], fit);
  store.watch(['notch', 'insets'], ({ notch, insets }) => {
    screen.classList.toggle('notched', notch);
    screen.style.setProperty('--inset-top', `${insets.top}px`);
    screen.style.setProperty('--inset-bottom', `${insets.bottom}px`);
  });
  store.watch(['person'], ({ person }) => screen.setAttribute('dir', direction(person?.language_code)));
  return element;
}

/** @param {number} value @param {number[]} bounds */
const within = (value, [low, high]) => Math.min(Math.max(value, low), high);

/** The strip with time and battery; the hour is that of every Telegram picture. */
function statusBar() {
  const bars = [4, 6, 9, 12].map((height, at) => `<rect x="${at * 5}" y="${12 - height}" width="3" height="${height}" rx="1"/>`).join('');
  const battery = '<rect x="26" y="0.5" width="23" height="11" rx="3.5" fill="none" stroke="currentColor" opacity=".5"/><rect x="28" y="2.5" width="17" height="7" rx="2"/><path d="M50.5 4v4c.8-.3 1.3-1.1 1.3-2s-.5-1.700-1.300-2z" opacity=".5"/>';
  const bar = h('div.status-bar', { 'aria-hidden': 'true' }, h('span', {}, '9:41'), h('span.signs'));
  bar.lastElementChild?.insertAdjacentHTML('beforeend', `<svg viewBox="0 0 52 12" width="52" height="12" fill="currentColor">${bars}${battery}</svg>`);
  return bar;
}
