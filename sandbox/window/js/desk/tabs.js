/**
 * Tabs of the desk, worked by arrow keys as in the ARIA practices.
 */

import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';

/**
 * @template {string} T
 * @param {object} about
 * @param {string} about.label
 * @param {{id: T, label: string, icon: Parameters<typeof icon>[0], panel: HTMLElement}[]} about.tabs
 * @param {(id: T) => void} about.onchoose
 */
export function createTabs({ label, tabs, onchoose }) {
  const buttons = tabs.map((tab) => {
    const badge = h('span.badge', { hidden: true });
    const button = h('button.tab', {
      role: 'tab', id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}`, testid: `tab-${tab.id}`, onclick: () => onchoose(tab.id),
    }, icon(tab.icon, 20), h('span', {}, tab.label), badge);
    return { ...tab, button, badge };
  });
  for (const { id, panel } of tabs) {
    for (const [name, value] of Object.entries({ role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}`, tabindex: '0' })) panel.setAttribute(name, value);
  }
  /** @param {KeyboardEvent} event */
  function keys(event) {
    const at = buttons.findIndex(({ button }) => button === document.activeElement);
    const last = buttons.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    onchoose(buttons[next].id);
    buttons[next].button.focus();
  }
  return {
    element: h('div.tabs', { role: 'tablist', 'aria-label': label, onkeydown: keys }, buttons.map(({ button }) => button)),
    /** @param {T} chosen */
    set(chosen) {
      for (const { id, button, panel } of buttons) {
        button.setAttribute('aria-selected', String(id === chosen));
        button.setAttribute('tabindex', id === chosen ? '0' : '-1');
        panel.hidden = id !== chosen;
      }
    },
    /** A number on a tab; nothing at 0. @param {T} of @param {number} number @param {string} words */
    badge(of, number, words) {
      const badge = buttons.find(({ id }) => id === of)?.badge;
      if (!badge) return;
      badge.hidden = !number;
      badge.textContent = String(number);
      badge.setAttribute('aria-label', words);
    },
  };
}
