/**
 * Desk: scripts. A sample or a script of one's own, a seed, and what came of it.
 */

import { api } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { refresher } from '../parts/refresher.js';
import { cell, group, select } from './controls.js';
import { SAMPLES, written } from './script-samples.js';

/** Steps done that are listed. */
const SHOWN = 50;

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function scriptPanel({ store, session }) {
  const text = /** @type {HTMLTextAreaElement} */ (h('textarea.script', { rows: '12', spellcheck: 'false', 'aria-label': 'Script in JSON', testid: 'script-text', dir: 'ltr' }));
  const sample = select({
    label: 'Begin with', testid: 'script-sample', options: SAMPLES.map(([id, label]) => [id, label]),
    onchange: (value) => { text.value = written(SAMPLES.find(([id]) => id === value)?.[2] ?? {}); },
  });
  text.value = written(SAMPLES[0][2]);
  const seed = /** @type {HTMLInputElement} */ (h('input', { type: 'number', min: '0', placeholder: 'as it is', 'aria-label': 'Seed', testid: 'script-seed' }));
  const error = h('p.pay-error', { role: 'alert', testid: 'script-error', hidden: true });
  const result = outcome(store, session);
  const play = async () => {
    error.hidden = true;
    /* The first steps may be done before the answer is here. */
    result.clear();
    try {
      const { bot } = store.state;
      if (!bot) throw new Error('There is no bot yet.');
      result.show((await api.play(scriptOf(text.value, seed.value, bot.token))).steps);
    } catch (why) {
      fill(error, /** @type {Error} */ (why).message);
      error.hidden = false;
    }
  };
  return h('div', {},
    h('section.group', { 'aria-label': 'Script' }, h('h3', {}, 'Script'),
      h('div.cells', {}, sample.element, text, cell('Seed', h('div.own-amount', {}, seed, h('button.primary.small', { testid: 'script-play', onclick: play }, 'Play'))))),
    error,
    h('p.group-note', {}, 'In JSON, as --script takes it. Times are seconds from now on the sandbox’s clock; what is later than now waits for the clock to move.'),
    result.element);
}

/**
 * The script of a text, with another seed if one is wanted.
 * @param {string} text @param {string} seed @param {string} token
 */
function scriptOf(text, seed, token) {
  let script;
  try {
    script = JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${/** @type {Error} */ (error).message}`);
  }
  return { token, ...script, ...(seed === '' ? {} : { seed: Number(seed) }) };
}

/** @param {import('../parts/store.js').Store} store @param {import('../session.js').Session} session */
function outcome(store, session) {
  const planned = h('output', { testid: 'script-planned' });
  const rows = h('output', { testid: 'script-rows' });
  const balance = h('output', { testid: 'script-balance' });
  const done = h('ol.entries-short', { testid: 'script-steps', 'aria-label': 'Steps done, newest first' });
  const element = group('Outcome', cell('Steps planned', planned), cell('Rows in the ledger', rows), cell('Balance of the bot', balance), done);
  element.hidden = true;
  const read = refresher(async () => {
    const { bot } = store.state;
    if (!bot || element.hidden) return;
    const ledger = await api.ledger(bot.token);
    fill(rows, count(ledger.transactions.length));
    fill(balance, `${count(ledger.balance)} Stars`);
  });
  session.onEvent((event) => {
    if (event.type === 'script') note(event.step, event.error);
    if (['script', 'time', 'payment', 'subscription', 'call'].includes(event.type)) read();
  });

  /** @param {string} step @param {string} [error] */
  function note(step, error) {
    done.prepend(h('li', { 'data-fate': error ? 'failed' : 'ok' }, h('b', {}, step), h('span', {}, error ? `skipped: ${error}` : 'done')));
    while (done.children.length > SHOWN) done.lastElementChild?.remove();
  }

  return {
    element,
    clear() {
      fill(done);
      element.hidden = true;
    },
    /** @param {number} steps planned */
    show(steps) {
      fill(planned, count(steps));
      element.hidden = false;
      read();
    },
  };
}
