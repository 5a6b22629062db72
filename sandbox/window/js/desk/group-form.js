/**
 * The form that makes a group or channel.
 */

import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';

/** Characters of a title. Source: tdlib/td DialogManager.cpp. */
const TITLE_MAX = 128;

/**
 * @param {(wish: {kind: string, title: string, rights: {can_invite_users: boolean, can_restrict_members: boolean}}) => Promise<void>} found
 * @param {import('../parts/toast.js').Toast} toast
 */
export function groupForm(found, toast) {
  const title = /** @type {HTMLInputElement} */ (h('input', { type: 'text', maxlength: String(TITLE_MAX), required: true, 'aria-label': 'Name', placeholder: 'Name', dir: 'auto', testid: 'group-title' }));
  const kind = /** @type {HTMLSelectElement} */ (h('select', { 'aria-label': 'Kind', testid: 'group-kind' }, h('option', { value: 'supergroup' }, 'Group'), h('option', { value: 'channel' }, 'Channel')));
  const invites = right('Bot may invite', 'may-invite');
  const restricts = right('Bot may ban', 'may-ban');
  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (!title.value.trim()) return;
    try {
      const rights = { can_invite_users: invites.input.checked, can_restrict_members: restricts.input.checked };
      await found({ kind: kind.value, title: title.value.trim(), rights });
      title.value = '';
      details.removeAttribute('open');
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'alert');
    }
  }
  const details = h('details.own-fault', {},
    h('summary.cell', { testid: 'new-group' }, h('span.cell-label', {}, 'New group or channel'), icon('plus', 18)),
    h('form.form', { onsubmit: submit }, h('div.form-row.wide', {}, title, kind), invites.element, restricts.element,
      h('button.primary', { type: 'submit', testid: 'make-group' }, 'Make')));
  return details;
}

/** @param {string} label @param {string} testid */
function right(label, testid) {
  const input = /** @type {HTMLInputElement} */ (h('input.switch', { type: 'checkbox', role: 'switch', checked: true, testid }));
  return { input, element: h('label.form-switch', {}, h('span', {}, label), input) };
}
