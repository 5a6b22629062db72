/**
 * The three columns; in a narrow window the sides become sheets over the phone.
 */

import { h } from './parts/dom.js';
import { icon } from './parts/icon.js';

/** @param {{people: HTMLElement, stage: HTMLElement, desk: HTMLElement}} parts */
export function createPanels({ people, stage, desk }) {
  const main = h('main.stage', {}, h('h1.unseen', {}, 'Telegram on your desk'), stage);
  const sides = {
    people: side('people', 'Chats and people', people),
    desk: side('desk', 'Control desk', desk),
  };
  /** Focus goes back here when a sheet closes. @type {HTMLElement | null} */
  let before = null;

  /** @param {'people'|'desk'} name @param {string} label @param {HTMLElement} inner */
  function side(name, label, inner) {
    return h(`aside.panel.${name}`, { 'aria-label': label, tabindex: '-1', onkeydown: keys },
      h('button.round.panel-close', { 'aria-label': `Close ${label.toLowerCase()}`, onclick: hide }, icon('close')), inner);
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key === 'Escape' && element.dataset.open) hide();
  }

  /** @param {'people'|'desk'} name */
  function show(name) {
    before = /** @type {HTMLElement | null} */ (document.activeElement);
    element.dataset.open = name;
    sides[name].focus({ preventScroll: true });
  }

  function hide() {
    if (!element.dataset.open) return;
    delete element.dataset.open;
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  const element = h('div.window', {}, sides.people, main, sides.desk);
  return { element, show, hide };
}
