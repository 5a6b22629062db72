/**
 * A small menu: arrow keys move, Enter chooses, Escape leaves.
 */

import { h } from './dom.js';
import { icon } from './icon.js';

/** @typedef {{label: string, icon: Parameters<typeof icon>[0], run: () => void, testid?: string}} Item */

/**
 * @param {import('./layers.js').Layers} layers
 * @param {string} label
 * @param {Item[]} items
 */
export function openMenu(layers, label, items) {
  const buttons = items.map((item, at) =>
    h(
      'button.menu-item',
      {
        role: 'menuitem',
        testid: item.testid,
        autofocus: at === 0,
        onclick() {
          close();
          item.run();
        },
      },
      icon(item.icon, 20),
      item.label,
    ),
  );
  const body = h('div.menu-items', { onkeydown: move }, buttons);
  const close = layers.open({ kind: 'menu', role: 'menu', label, body });

  /** @param {KeyboardEvent} event */
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    buttons[(at + step + buttons.length) % buttons.length].focus();
  }
}
