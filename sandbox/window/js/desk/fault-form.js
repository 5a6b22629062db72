/**
 * Desk: the form for a fault of one's own.
 */

import { h } from '../parts/dom.js';
import { OUTCOMES } from '../pay/outcome.js';

/** What the sandbox can do to an update; see `UpdateAction` of the control interface. */
const ACTIONS = /** @type {[string, string][]} */ ([['drop', 'is lost'], ['duplicate', 'comes twice'], ['delay', 'comes late'], ['reorder', 'is overtaken by the next'], ['unheard', 'comes again, the answer lost'], ['unknown_fields', 'has unknown fields']]);
/** Payments of the control interface that are not normal. */
const ENDS = OUTCOMES.filter(({ id }) => id !== 'normal').map(({ id, label }) => /** @type {[string, string]} */ ([id, label]));
const METHODS = ['*', 'sendMessage', 'sendDocument', 'sendPhoto', 'createInvoiceLink', 'answerPreCheckoutQuery', 'refundStarPayment', 'getStarTransactions', 'getUpdates'];
const KINDS = ['*', 'message', 'callback_query', 'pre_checkout_query', 'successful_payment', 'refunded_payment', 'my_chat_member'];

/** @typedef {'methods'|'updates'|'payments'} Part */

/**
 * @param {(part: Part, fault: import('../faults.js').Fault) => Promise<void>} add
 */
export function faultForm(add) {
  const part = choice('What fails', [['methods', 'A call of the bot'], ['updates', 'An update to the bot'], ['payments', 'A payment']], 'fault-part');
  const method = line('Method', 'sendMessage', { list: 'fault-methods', testid: 'fault-method' });
  const kind = line('Kind of update', 'message', { list: 'fault-kinds', testid: 'fault-kind' });
  const code = number('Error code', '500', { min: '400', max: '599', testid: 'fault-code' });
  const retry = number('Retry after, s', '', { min: '1', max: '3600' });
  const text = line('Description', '', { placeholder: 'Telegram’s usual one' });
  const action = choice('The update', ACTIONS, 'fault-action');
  const delay = number('Delay, ms', '0', { min: '0', max: '600000', testid: 'fault-delay' });
  const executed = flag('The call takes effect all the same', 'own-executed');
  const cut = flag('The connection is cut in the answer', 'own-cut');
  const end = choice('The payment ends', ENDS, 'fault-outcome');
  const ofMethods = h('div.form-part', {},
    method.element, h('div.form-pair', {}, code.element, retry.element), text.element,
    executed.element, cut.element);
  const ofUpdates = h('div.form-part', { hidden: true }, kind.element, action.element);
  const ofPayments = h('div.form-part', { hidden: true }, end.element);
  part.input.addEventListener('change', () => {
    ofMethods.hidden = part.input.value !== 'methods';
    ofUpdates.hidden = part.input.value !== 'updates';
    ofPayments.hidden = part.input.value !== 'payments';
  });

  const faults = {
    methods: () => ({
      method: method.input.value.trim() || '*', error_code: cut.input.checked ? undefined : numeric(code), retry_after: numeric(retry),
      description: text.input.value.trim() || undefined, executed: executed.input.checked, cut: cut.input.checked,
    }),
    updates: () => ({ kind: kind.input.value.trim() || '*', action: action.input.value }),
    payments: () => ({ outcome: end.input.value }),
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const of = /** @type {Part} */ (part.input.value);
    add(of, { ...faults[of](), delay_ms: numeric(delay) ?? 0 });
  };
  return h('details.own-fault', {},
    h('summary.cell', { testid: 'own-fault' }, h('span.cell-label', {}, 'A fault of your own')),
    h('form.form', { onsubmit: submit }, part.element, ofMethods, ofUpdates, ofPayments, delay.element,
      h('button.primary', { type: 'submit', testid: 'add-fault' }, 'Add fault'),
      names('fault-methods', METHODS), names('fault-kinds', KINDS)));
}

/** @param {string} label @param {HTMLElement} input */
const field = (label, input) => h('label.form-field', {}, h('span', {}, label), input);

/** @param {string} label @param {string} value @param {Record<string, any>} props */
function line(label, value, props) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'text', value, autocomplete: 'off', spellcheck: 'false', ...props }));
  return { input, element: field(label, input) };
}

/** @param {string} label @param {string} value @param {Record<string, any>} props */
function number(label, value, props) {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'number', value, ...props }));
  return { input, element: field(label, input) };
}

/** @param {string} label @param {string} testid */
function flag(label, testid) {
  const input = /** @type {HTMLInputElement} */ (h('input.switch', { type: 'checkbox', role: 'switch', testid }));
  return { input, element: h('label.form-switch', {}, h('span', {}, label), input) };
}

/** @param {string} label @param {[string, string][]} options @param {string} testid */
function choice(label, options, testid) {
  const input = /** @type {HTMLSelectElement} */ (h('select', { testid }, options.map(([value, text]) => h('option', { value }, text))));
  return { input, element: field(label, input) };
}

/** @param {string} id @param {string[]} options */
const names = (id, options) => h('datalist', { id }, options.map((value) => h('option', { value })));

/** Nothing when the field is empty. @param {{input: HTMLInputElement}} of */
const numeric = ({ input }) => (input.value === '' ? undefined : Number(input.value));
