/**
 * Desk: the person at the phone, their Stars, and what the bot may do.
 */

import { newPerson } from '../new-person.js';
import { api } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { star } from '../parts/icon.js';
import { LANGUAGES } from '../parts/languages.js';
import { cell, group, select, toggle } from './controls.js';
import { subscriptionsGroup } from './subscriptions.js';

const AMOUNTS = [100, 1000, 10_000];
/** Stars of one top-up from the desk: a choice of ours, far below the bound of a wallet. */
const AMOUNT_MAX = 1_000_000;

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function personPanel(parts) {
  const add = h('div.cells.person-add', {}, newPerson(parts.session.add, parts.toast, 'desk-'));
  return h('div', {}, whoGroup(parts), add, walletGroup(parts), subscriptionsGroup(parts), botGroup(parts),
    h('p.group-note', {}, 'The app learns of language and Premium when it is opened anew.'));
}

/** @typedef {Parameters<typeof personPanel>[0]} Parts */

/** @param {Parts} parts */
const complainer = ({ toast }) => (/** @type {Error} */ error) => toast(error.message, 'alert');

/** Whose phone it is. @param {Parts} parts */
function whoGroup(parts) {
  const { store, session } = parts;
  const complain = complainer(parts);
  const who = select({
    label: 'Phone of', testid: 'switch-person', options: [],
    onchange: (value) => {
      const person = store.state.people.find((one) => String(one.id) === value);
      if (person) session.become(person).catch(complain);
    },
  });
  const id = h('code', { testid: 'person-id' });
  /** @param {Parameters<typeof api.changePerson>[1]} change */
  const edit = (change) => {
    const { person } = store.state;
    if (person) api.changePerson(person.id, change).catch(complain).then(session.loadPerson).catch(complain);
  };
  const language = select({
    label: 'Language', testid: 'person-language', options: [['', 'None'], ...LANGUAGES],
    onchange: (value) => edit({ language_code: value }),
  });
  const premium = toggle({ label: 'Telegram Premium', testid: 'person-premium', onchange: (on) => edit({ is_premium: on }) });
  store.watch(['people', 'person'], ({ people, person }) => {
    who.offer(people.map((one) => [String(one.id), [one.first_name, one.last_name].filter(Boolean).join(' ')]));
    if (!person) return;
    who.set(String(person.id));
    fill(id, person.id);
    language.set(person.language_code ?? '');
    premium.set(Boolean(person.is_premium));
  });
  return group('Person', who.element, cell('User id', id), language.element, premium.element);
}

/** @param {Parts} parts */
function walletGroup(parts) {
  const { store, session } = parts;
  const balance = h('output.balance', { testid: 'balance', 'aria-live': 'polite' });
  /** @param {number} amount */
  const add = (amount) => {
    const { person } = store.state;
    if (person) api.addStars(person.id, amount).then(session.loadPerson).catch(complainer(parts));
  };
  const topUp = h('div.amounts', { role: 'group', 'aria-label': 'Top up' }, AMOUNTS.map((amount, at) =>
    h('button.amount', { testid: at === 1 ? 'top-up' : `top-up-${amount}`, onclick: () => add(amount) }, `+${count(amount)}`)));
  const amount = /** @type {HTMLInputElement} */ (h('input', {
    type: 'number', min: '1', max: String(AMOUNT_MAX), required: true, placeholder: '250', 'aria-label': 'Stars to add', testid: 'top-up-amount',
  }));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    add(Number(amount.value));
    amount.value = '';
  };
  const own = h('form.own-amount', { onsubmit: submit }, amount, h('button.amount', { type: 'submit', testid: 'top-up-own' }, 'Add'));
  store.watch(['person'], ({ person }) => fill(balance, star(18), count(person?.stars ?? 0)));
  return group('Wallet', cell('Stars', balance), cell('Top up', topUp), cell('Other amount', own));
}

/** @param {Parts} parts */
function botGroup(parts) {
  const { store, session } = parts;
  /** @param {(token: string, user: number) => Promise<any>} act */
  const change = (act) => {
    const { bot, person } = store.state;
    if (bot && person) act(bot.token, person.id).catch(complainer(parts)).then(session.loadChat);
  };
  const write = toggle({
    label: 'Bot may write', testid: 'write-access',
    onchange: (on) => change((token, user) => api.writeAccess(token, user, on)),
  });
  const block = toggle({
    label: 'Bot blocked', testid: 'block',
    onchange: (on) => change((token, user) => api.block(token, user, on)),
  });
  store.watch(['chat'], ({ chat }) => {
    write.set(Boolean(chat?.can_write));
    write.enable(Boolean(chat) && !chat?.started && !chat?.blocked);
    block.set(Boolean(chat?.blocked));
    block.enable(Boolean(chat));
  });
  const element = group('What the bot may do', write.element, block.element);
  // In a group it is not the person who lets the bot write.
  store.watch(['community'], ({ community }) => { element.hidden = Boolean(community); });
  return element;
}
