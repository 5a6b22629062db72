/**
 * Desk: the person at the phone, their Stars, and what the bot may do.
 */

import { api } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { star } from '../parts/icon.js';
import { cell, group, toggle } from './controls.js';

const AMOUNTS = [100, 1000, 10_000];

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function personGroup({ store, session, toast }) {
  const complain = (/** @type {Error} */ error) => toast(error.message, 'alert');
  const balance = h('output.balance', { testid: 'balance', 'aria-live': 'polite' });
  const name = h('span', { dir: 'auto' });
  const language = h('span.quiet');
  const add = async (/** @type {number} */ amount) => {
    const { person } = store.state;
    if (!person) return;
    await api.addStars(person.id, amount).then(session.loadPerson).catch(complain);
  };
  const topUp = h('div.amounts', { role: 'group', 'aria-label': 'Top up' }, AMOUNTS.map((amount, at) =>
    h('button.amount', { testid: at === 1 ? 'top-up' : `top-up-${amount}`, onclick: () => add(amount) }, `+${count(amount)}`)));

  /** @param {(token: string, user: number) => Promise<any>} act */
  const change = (act) => {
    const { bot, person } = store.state;
    if (bot && person) act(bot.token, person.id).catch(complain).then(session.loadChat);
  };
  const write = toggle({
    label: 'Bot may write', testid: 'write-access',
    onchange: (on) => change((token, user) => api.writeAccess(token, user, on)),
  });
  const block = toggle({
    label: 'Bot blocked', testid: 'block',
    onchange: (on) => change((token, user) => api.block(token, user, on)),
  });

  store.watch(['person'], ({ person }) => {
    fill(balance, star(18), count(person?.stars ?? 0));
    fill(name, person?.first_name ?? '…');
    fill(language, person?.language_code ?? 'none');
  });
  store.watch(['chat'], ({ chat }) => {
    write.set(Boolean(chat?.can_write));
    write.enable(Boolean(chat) && !chat?.started && !chat?.blocked);
    block.set(Boolean(chat?.blocked));
    block.enable(Boolean(chat));
  });
  return group('Person', cell(name, language), cell('Stars', balance), cell('Top up', topUp), write.element, block.element);
}
