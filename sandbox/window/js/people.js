/**
 * The left side: whose phone this is, and the chats on it.
 */

import { newPerson } from './new-person.js';
import { avatar } from './parts/avatar.js';
import { h, refill } from './parts/dom.js';
import { count, crowd } from './parts/format.js';
import { star } from './parts/icon.js';

/**
 * @param {object} parts
 * @param {import('./parts/store.js').Store} parts.store
 * @param {import('./session.js').Session} parts.session
 * @param {import('./parts/toast.js').Toast} parts.toast
 * @param {() => void} parts.chosen a chat was chosen: narrow windows leave the list
 */
export function createPeople({ store, session, toast, chosen }) {
  const people = h('ul.rows', { 'aria-label': 'People' });
  const chats = h('ul.rows', { 'aria-label': 'Chats' });
  const form = newPerson(session.add, toast);
  const element = h(
    'div.people-inner',
    {},
    h('h2.panel-title', {}, 'Chats'),
    chats,
    h('h2.panel-title', {}, 'People'),
    people,
    form,
  );

  store.watch(['bots', 'bot', 'communities', 'community', 'person'], ({ bots, bot, communities, community, person }) => {
    const isOpen = (/** @type {{id: number}} */ one) => one.id === (community ?? bot)?.id;
    const rows = bots.map((one) =>
      row({ who: one, current: isOpen(one), detail: `@${one.username}`, testid: `chat-${one.id}`,
        onclick: () => (chosen(), !isOpen(one) && session.openChat(one)) }));
    const mine = communities.filter(({ members }) => person && members.includes(person.id));
    const groups = mine.map((one) =>
      row({ who: { id: one.id, first_name: one.title }, current: isOpen(one), detail: crowd(one), testid: `chat-${one.id}`,
        onclick: () => (chosen(), !isOpen(one) && session.openGroup(one)) }));
    refill(chats, rows.length ? [...rows, ...groups] : h('li.quiet', {}, 'No bot yet'));
  });
  store.watch(['people', 'person'], (state) => {
    refill(people, state.people.map((one) =>
      row({ who: one, current: one.id === state.person?.id, detail: [star(13), ` ${count(one.stars)} · ${one.language_code ?? 'no language'}${one.is_premium ? ' · Premium' : ''}`],
        testid: `person-${one.id}`, onclick: () => (chosen(), session.become(one)) })));
  });
  return element;
}

/** @param {{who: {id: number, first_name: string, last_name?: string}, current: boolean, detail: any, testid: string, onclick: () => void}} about */
function row({ who, current, detail, testid, onclick }) {
  const name = [who.first_name, who.last_name].filter(Boolean).join(' ');
  return h('li', {},
    h('button.row', { testid, 'aria-current': current ? 'true' : null, onclick, title: name },
      avatar(who, 44),
      h('span.row-text', {}, h('b', { dir: 'auto' }, name), h('small', {}, detail))));
}
