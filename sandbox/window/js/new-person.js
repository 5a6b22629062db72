/**
 * The form that makes a person.
 */

import { h } from './parts/dom.js';
import { icon } from './parts/icon.js';
import { LANGUAGES } from './parts/languages.js';

/** @typedef {{first_name: string, language_code: string, is_premium: boolean, stars: number}} Newcomer */

/**
 * @param {(who: Newcomer) => Promise<void>} add
 * @param {import('./parts/toast.js').Toast} toast
 * @param {string} [prefix] tells apart the test ids of several such forms
 */
export function newPerson(add, toast, prefix = '') {
  const name = /** @type {HTMLInputElement} */ (h('input', { type: 'text', maxlength: '64', required: true, 'aria-label': 'First name', placeholder: 'First name', dir: 'auto' }));
  const language = /** @type {HTMLSelectElement} */ (h('select', { 'aria-label': 'Language' }, LANGUAGES.map(([code, label]) => h('option', { value: code, lang: code }, label))));
  const stars = /** @type {HTMLInputElement} */ (h('input', { type: 'number', min: '0', max: '1000000', value: '1000', 'aria-label': 'Stars' }));
  const premium = /** @type {HTMLInputElement} */ (h('input.switch', { type: 'checkbox', role: 'switch' }));
  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (!name.value.trim()) return;
    try {
      await add({
        first_name: name.value.trim(), language_code: language.value, is_premium: premium.checked,
        stars: Number(stars.value) || 0,
      });
      name.value = '';
      premium.checked = false;
      details.removeAttribute('open');
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'alert');
    }
  }
  const details = h('details.new-person', {},
    h('summary.row', { testid: `${prefix}new-person` }, h('span.row-icon', {}, icon('person', 22)), h('span.row-text', {}, h('b', {}, 'New person'))),
    h('form.form', { onsubmit: submit },
      name, h('div.form-row', {}, language, stars),
      h('label.form-switch', {}, h('span', {}, 'Telegram Premium'), premium),
      h('button.primary', { type: 'submit', testid: `${prefix}add-person` }, 'Add')));
  return details;
}
