/**
 * A line for the address of any Mini App.
 */

import { h } from './dom.js';

/** @param {(url: string) => void} open @param {string} [prefix] tells apart the test ids of several such lines */
export function addressForm(open, prefix = '') {
  const field = /** @type {HTMLInputElement} */ (h('input', {
    type: 'url', required: true, pattern: 'https?://.+', placeholder: 'http://localhost:5173/', dir: 'ltr',
    'aria-label': 'Address of a Mini App', testid: `${prefix}app-address`, autocomplete: 'url', spellcheck: 'false',
  }));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    open(field.value);
  };
  return h('form.cell.address', { onsubmit: submit }, field, h('button.amount', { type: 'submit', testid: `${prefix}open-address` }, 'Open'));
}
