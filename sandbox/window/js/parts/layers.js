/**
 * What lies over the phone: sheets, popups, menus. The topmost is alive, all below are
 * inert, Escape and a tap beside dismiss it, and focus returns where it came from.
 * The desk beside the phone stays usable: it is not part of the phone.
 */

import { h } from './dom.js';

/**
 * @typedef {object} LayerWish
 * @property {'sheet'|'popup'|'menu'} kind
 * @property {string} label name read aloud
 * @property {HTMLElement} body
 * @property {string} [testid]
 * @property {string} [role] `dialog` unless told
 * @property {() => boolean | void} [onDismiss] Escape or a tap beside; `false` keeps it open
 */

/**
 * @param {HTMLElement} root where layers are put
 * @param {() => HTMLElement[]} floors what lies under all layers, lowest first
 */
export function createLayers(root, floors) {
  /** @type {{element: HTMLElement, dismiss: () => void}[]} */
  const stack = [];

  /** Only the highest floor or layer may be reached. */
  function settle() {
    const all = [...floors(), ...stack.map((layer) => layer.element)];
    all.forEach((element, at) => {
      element.inert = at < all.length - 1;
    });
  }

  /**
   * @param {LayerWish} wish
   * @returns {() => void} closes the layer
   */
  function open(wish) {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const panel = h(
      `div.${wish.kind}`,
      { role: wish.role ?? 'dialog', 'aria-label': wish.label, tabindex: '-1', testid: wish.testid },
      wish.body,
    );
    const element = h(`div.layer.${wish.kind}-layer`, { onkeydown: keys }, h('div.veil', { onclick: dismiss }), panel);
    const layer = { element, dismiss };
    stack.push(layer);
    root.append(element);
    settle();
    const first = /** @type {HTMLElement | null} */ (panel.querySelector('[autofocus]'));
    (first ?? panel).focus({ preventScroll: true });

    function dismiss() {
      if (wish.onDismiss?.() !== false) close();
    }
    /** @param {KeyboardEvent} event */
    function keys(event) {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      dismiss();
    }
    function close() {
      const at = stack.indexOf(layer);
      if (at < 0) return;
      stack.splice(at, 1);
      settle();
      if (element.contains(document.activeElement) || document.activeElement === document.body) {
        if (before?.isConnected && !before.closest('[inert]')) before.focus({ preventScroll: true });
      }
      element.remove();
    }
    return close;
  }

  return {
    open,
    settle,
    /** Drops every layer, without asking. */
    clear() {
      for (const layer of stack.splice(0)) layer.element.remove();
      settle();
    },
    /** The topmost layer asks to be dismissed; false when there is none. */
    dismissTop() {
      const top = stack.at(-1);
      top?.dismiss();
      return Boolean(top);
    },
  };
}

/** @typedef {ReturnType<typeof createLayers>} Layers */
