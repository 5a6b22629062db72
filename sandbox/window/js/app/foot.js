/**
 * Telegram's bottom bar: the main and the secondary button of a Mini App.
 */

import { fill, h } from '../parts/dom.js';
import { isColour } from '../parts/theme.js';

/**
 * @typedef {{is_visible?: boolean, is_active?: boolean, is_progress_visible?: boolean,
 *   text?: string, color?: string, text_color?: string, has_shine_effect?: boolean,
 *   position?: 'left'|'right'|'top'|'bottom'}} ButtonParams
 */

/**
 * @param {(which: 'main'|'secondary') => void} press
 * @param {() => void} moved the bar appeared, went, or changed its height
 */
export function createFoot(press, moved) {
  const main = bottomButton('main-button', () => press('main'));
  const secondary = bottomButton('secondary-button', () => press('secondary'));
  const element = h('div.app-foot', { hidden: true }, secondary.element, main.element);

  function settle() {
    const { position = 'left' } = secondary.params();
    element.hidden = !main.visible() && !secondary.visible();
    element.dataset.position = position;
    element.classList.toggle('two', main.visible() && secondary.visible());
    moved();
  }

  return {
    element,
    visible: () => !element.hidden,
    /** @param {ButtonParams} params */
    setMain(params) {
      main.set(params);
      settle();
    },
    /** @param {ButtonParams} params */
    setSecondary(params) {
      secondary.set(params);
      settle();
    },
    /** @param {string} ground */
    setColour(ground) {
      element.style.setProperty('--foot-ground', ground);
    },
    clear() {
      main.set({ is_visible: false });
      secondary.set({ is_visible: false });
      settle();
    },
  };
}

/** @param {string} testid @param {() => void} onclick */
function bottomButton(testid, onclick) {
  /** @type {ButtonParams} */
  let state = {};
  const element = h('button.bottom-button', { testid, hidden: true, onclick });
  return {
    element,
    params: () => state,
    visible: () => !element.hidden,
    /** Fields left out keep their last value, as in Telegram's clients. @param {ButtonParams} params */
    set(params) {
      state = { ...state, ...params };
      const text = (state.text ?? '').trim();
      /** A visible button without text is not shown. Source: core.telegram.org/api/web-events */
      element.hidden = !state.is_visible || !text;
      element.toggleAttribute('disabled', state.is_active === false);
      element.setAttribute('aria-busy', String(Boolean(state.is_progress_visible)));
      element.classList.toggle('shine', Boolean(state.has_shine_effect));
      if (isColour(state.color)) element.style.setProperty('--button-ground', state.color);
      if (isColour(state.text_color)) element.style.setProperty('--button-ink', state.text_color);
      fill(element, h('span.button-text', { dir: 'auto' }, text), state.is_progress_visible && h('span.spinner', { 'aria-hidden': 'true' }));
    },
  };
}
