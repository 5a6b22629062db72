/**
 * Desk: what is to go wrong. On top the end of the next payment, then what is set, then
 * everything that can be set with one click.
 */

import { listed } from '../faults.js';
import { fill, h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { OUTCOMES, outcome } from '../pay/outcome.js';
import { choicesGroups } from './choices.js';
import { cell, group, segments, select, toggle } from './controls.js';
import { faultForm } from './fault-form.js';
import { KNOWN, described, left } from './known-faults.js';

/** A webhook that is slow leaves this late, ms. */
const WEBHOOK_SLOW_MS = 3000;

/** How often a new fault strikes; nothing means always. */
const COUNTS = /** @type {[string, string, number | undefined][]} */ ([['once', 'Once', 1], ['three', '3 times', 3], ['always', 'Always', undefined]]);

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../faults.js').FaultBook} parts.faults
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function faultsPanel({ store, faults, toast }) {
  let often = 'once';
  const complain = (/** @type {Error} */ error) => toast(error.message, 'alert');
  /** @param {string} part @param {import('../faults.js').Fault} fault */
  const add = (part, fault) => {
    const count = COUNTS.find(([id]) => id === often)?.[2];
    return faults.add(part, { ...fault, bot_id: store.state.bot?.id, count }).catch(complain);
  };
  const counts = segments({
    name: 'fault-count', label: 'How often', onchange: (value) => { often = value; },
    options: COUNTS.map(([value, label]) => ({ value, label, testid: `fault-${value}`, face: label })),
  });
  counts.set(often);
  const known = KNOWN.map(({ title, known: all }) => group(title, ...all.map((one) => knownRow(one, add))));
  return h('div', {},
    paymentGroup(store),
    setGroup({ store, faults, complain }),
    h('div.fault-often', {}, group('Add with one click', cell('Strikes', counts.element))),
    known,
    webhookGroup({ store, faults, complain }),
    group('Anything else', faultForm(add)),
    choicesGroups({ store, complain }));
}

/** How the next payment ends; it goes back to normal by itself. @param {import('../parts/store.js').Store} store */
function paymentGroup(store) {
  const choice = select({
    label: 'Next payment', testid: 'next-outcome',
    options: OUTCOMES.map((one) => [one.id, one.label]),
    onchange: (value) => store.set({ outcome: value }),
  });
  const hint = h('p.group-note', { 'aria-live': 'polite' });
  store.watch(['outcome'], (state) => {
    choice.set(state.outcome);
    fill(hint, outcome(state.outcome).hint);
  });
  return h('div', {}, group('Payment', choice.element), hint);
}

/** @typedef {{store: import('../parts/store.js').Store, faults: import('../faults.js').FaultBook, complain: (error: Error) => void}} Parts */

/** What is set now. @param {Parts} parts */
function setGroup({ store, faults, complain }) {
  const list = h('ul.fault-list', { testid: 'faults', 'aria-label': 'Faults that are set' });
  const clear = h('button.group-act', { testid: 'clear-faults', onclick: () => faults.clear().catch(complain) }, 'Clear all');
  store.watch(['faults'], (state) => {
    const rows = listed(state.faults).map(([part, fault]) => {
      const { target, effect } = described(part, fault);
      return h('li.cell.fault', { 'data-spent': String(fault.count === 0) },
        h('div.fault-text', {}, h('b', {}, target), h('small', {}, effect)),
        h('span.fault-left', {}, left(fault)),
        h('button.round', { 'aria-label': `Remove ${target} ${effect}`, testid: 'remove-fault', onclick: () => faults.remove(part, fault).catch(complain) }, icon('close', 16)));
    });
    fill(list, rows.length ? rows : h('li.cell.quiet', {}, 'All is well'));
    clear.hidden = !rows.length;
  });
  const element = group('Set now', list);
  element.firstElementChild?.append(clear);
  return element;
}

/** @param {import('./known-faults.js').Known} one @param {(part: string, fault: import('../faults.js').Fault) => void} add */
function knownRow({ id, label, hint, part, fault }, add) {
  return h('button.cell.known', { testid: `fault-${id}`, onclick: () => add(part, fault) },
    h('span.fault-text', {}, h('b', {}, label), h('small', {}, hint)), icon('plus', 18));
}

/** @param {Parts} parts */
function webhookGroup({ store, faults, complain }) {
  const outage = toggle({ label: 'Down: nothing reaches the bot', testid: 'webhook-outage', onchange: (on) => faults.webhook({ outage: on }).catch(complain) });
  const slow = toggle({ label: 'Slow: everything 3 s late', testid: 'webhook-slow', onchange: (on) => faults.webhook({ delay_ms: on ? WEBHOOK_SLOW_MS : 0 }).catch(complain) });
  store.watch(['faults'], ({ faults: { webhook } }) => {
    outage.set(webhook.outage);
    slow.set(webhook.delay_ms > 0);
  });
  return group('Webhook', outage.element, slow.element);
}
