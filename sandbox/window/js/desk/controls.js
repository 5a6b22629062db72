/**
 * Controls of the desk: groups, rows, switches, choices.
 */

import { h } from '../parts/dom.js';

/**
 * @param {string} title
 * @param {...(Node | null)} rows
 */
export function group(title, ...rows) {
  return h('section.group', { 'aria-label': title }, h('h3', {}, title), h('div.cells', {}, rows));
}

/** @param {string | Node} label @param {Node} control */
export function cell(label, control) {
  return h('div.cell', {}, h('div.cell-label', {}, label), control);
}

/**
 * A switch with a name.
 * @param {{label: string, testid: string, onchange: (on: boolean) => void}} about
 */
export function toggle({ label, testid, onchange }) {
  const input = /** @type {HTMLInputElement} */ (
    h('input.switch', { type: 'checkbox', role: 'switch', testid, onchange: () => onchange(input.checked) })
  );
  const element = h('label.cell', {}, h('span.cell-label', {}, label), input);
  return { element, set: (/** @type {boolean} */ on) => { input.checked = on; }, enable: (/** @type {boolean} */ on) => { input.disabled = !on; } };
}

/**
 * @param {{label: string, testid: string, options: [string, string][], onchange: (value: string) => void}} about
 */
export function select({ label, testid, options, onchange }) {
  const input = /** @type {HTMLSelectElement} */ (
    h('select', { testid, onchange: () => onchange(input.value) }, options.map(([value, text]) => h('option', { value }, text)))
  );
  const element = h('label.cell', {}, h('span.cell-label', {}, label), input);
  return {
    element,
    /** Replaces what is on offer. @param {[string, string][]} options */
    offer(options) {
      input.replaceChildren(...options.map(([value, text]) => h('option', { value }, text)));
    },
    /** A value that is not on offer is added: links may ask for any version. @param {string} value */
    set(value) {
      if (![...input.options].some((option) => option.value === value)) input.append(h('option', { value }, value));
      input.value = value;
    },
  };
}

/**
 * One of a few, side by side.
 * @param {{name: string, label: string, options: {value: string, label: string, testid: string, face: Node | string}[], onchange: (value: string) => void}} about
 */
export function segments({ name, label, options, onchange }) {
  const inputs = options.map((option) =>
    /** @type {HTMLInputElement} */ (h('input', {
      type: 'radio', name, value: option.value, 'aria-label': option.label, testid: option.testid,
      onchange: () => onchange(option.value),
    })));
  const element = h('div.segments', { role: 'radiogroup', 'aria-label': label },
    options.map((option, at) => h('label.segment', { title: option.label }, inputs[at], h('span', { 'aria-hidden': 'true' }, option.face))));
  return {
    element,
    set: (/** @type {string} */ value) => inputs.forEach((input) => { input.checked = input.value === value; }),
  };
}
