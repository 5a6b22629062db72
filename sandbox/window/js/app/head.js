/**
 * Telegram's bar over a Mini App: back, close, title, minimise, menu. In fullscreen its
 * buttons float over the app.
 */

import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { openMenu } from '../parts/menu.js';
import { inkOn } from '../parts/theme.js';

/**
 * @param {object} acts
 * @param {import('../parts/layers.js').Layers} acts.layers
 * @param {() => void} acts.back
 * @param {() => void} acts.close
 * @param {() => void} acts.minimise
 * @param {() => void} acts.settings
 * @param {() => void} acts.reload
 * @param {() => void} acts.toChat
 * @param {() => void} acts.toDesk
 */
export function createHead(acts) {
  let settingsVisible = false;
  const back = h('button.round', { 'aria-label': 'Back', testid: 'back-button', hidden: true, onclick: acts.back }, icon('back'));
  const close = h('button.round', { 'aria-label': 'Close', testid: 'close-app', onclick: acts.close }, icon('close'));
  const title = h('h2', { dir: 'auto' });
  const subtitle = h('small', {}, 'mini app');
  const minimise = h('button.round', { 'aria-label': 'Minimise', testid: 'minimise-app', onclick: acts.minimise }, icon('down'));
  const more = h('button.round', { 'aria-label': 'More', testid: 'app-menu', 'aria-haspopup': 'menu', onclick: menu }, icon('more'));
  const element = h(
    'header.app-head',
    {},
    h('div.grip', { 'aria-hidden': 'true' }),
    h('div.side', {}, back, close),
    h('div.title', {}, title, subtitle),
    h('div.side.end', {}, minimise, more),
  );

  function menu() {
    openMenu(acts.layers, 'Mini App', [
      ...(settingsVisible
        ? [{ label: 'Settings', icon: /** @type {const} */ ('settings'), run: acts.settings, testid: 'settings-item' }]
        : []),
      { label: 'Reload page', icon: 'reload', run: acts.reload, testid: 'reload-item' },
      { label: 'Open bot', icon: 'bot', run: acts.toChat, testid: 'open-bot-item' },
      { label: 'Control desk', icon: 'desk', run: acts.toDesk, testid: 'desk-item' },
    ]);
  }

  return {
    element,
    /** @param {string} text */
    setTitle(text) {
      title.textContent = text;
    },
    /** @param {boolean} visible */
    setBack(visible) {
      back.hidden = !visible;
    },
    /** @param {boolean} visible */
    setSettings(visible) {
      settingsVisible = visible;
    },
    /** @param {string} ground */
    setColour(ground) {
      element.style.setProperty('--head-ground', ground);
      element.style.setProperty('--head-ink', inkOn(ground));
    },
  };
}
