/**
 * Questions in Telegram's own popup: title, text, one to three buttons, and at times a
 * line to fill in.
 */

import { h } from './dom.js';

/**
 * @typedef {object} Choice
 * @property {string} id
 * @property {string} text
 * @property {'default'|'cancel'|'destructive'|'primary'} [tone]
 */

/**
 * @param {import('./layers.js').Layers} layers
 * @param {{title?: string, text: string, choices: Choice[], testid?: string,
 *   field?: {label: string, value?: string}, extra?: HTMLElement, until?: AbortSignal}} question
 *   `until` takes it back, as if dismissed
 * @returns {Promise<{id: string | null, value: string}>} `id` is null when dismissed
 */
export function ask(layers, question) {
  return new Promise((done) => {
    const field = question.field && input(question.field);
    /** @param {string | null} id */
    const answer = (id) => {
      close();
      done({ id, value: field?.value ?? '' });
    };
    const buttons = question.choices.map((choice, at) =>
      h(
        'button.popup-button',
        {
          class: `popup-button tone-${choice.tone ?? 'default'}`,
          testid: `popup-button-${choice.id}`,
          autofocus: !field && at === question.choices.length - 1,
          onclick: () => answer(choice.id),
        },
        h('span', { dir: 'auto' }, choice.text),
      ),
    );
    const body = h(
      'div.popup-body',
      {},
      question.title && h('h2', { dir: 'auto' }, question.title),
      h('p', { dir: 'auto' }, question.text),
      question.extra,
      field && h('label.field', {}, h('span', {}, question.field?.label), field),
      h('div.popup-buttons', { class: `popup-buttons${rows(question.choices) ? ' rows' : ''}` }, buttons),
    );
    const close = layers.open({
      kind: 'popup',
      label: question.title || question.text,
      body,
      testid: question.testid ?? 'popup',
      onDismiss: () => done({ id: null, value: '' }),
    });
    question.until?.addEventListener('abort', () => answer(null), { once: true });
    if (field) field.focus();
  });
}

/** @param {{label: string, value?: string}} field */
function input(field) {
  return /** @type {HTMLInputElement} */ (h('input', { type: 'text', value: field.value ?? '', dir: 'auto' }));
}

/** Long or many answers stand under each other. @param {Choice[]} choices */
const rows = (choices) => choices.length > 2 || choices.some((choice) => choice.text.length > 14);
