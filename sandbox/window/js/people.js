/**
 * The left side: whose phone this is, and the chats on it.
 */

import { api } from './parts/api.js';
import { avatar } from './parts/avatar.js';
import { fill, h } from './parts/dom.js';
import { count } from './parts/format.js';
import { icon, star } from './parts/icon.js';

const LANGUAGES = /** @type {[string, string][]} */ ([
  ['en', 'English'], ['ru', 'Русский'], ['de', 'Deutsch'], ['es', 'Español'], ['uk', 'Українська'],
  ['ar', 'العربية'], ['fa', 'فارسی'], ['he', 'עברית'], ['pt-br', 'Português (Brasil)'], ['zh-hans', '简体中文'],
]);

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
  const form = newPerson(async (who) => {
    const person = await api.addPerson(who);
    store.set({ people: [...store.state.people.filter((one) => one.id !== person.id), person] });
    await session.become(person);
  }, toast);
  const element = h(
    'div.people-inner',
    {},
    h('h2.panel-title', {}, 'Chats'),
    chats,
    h('h2.panel-title', {}, 'People'),
    people,
    form,
  );

  store.watch(['bots', 'bot'], ({ bots, bot }) => {
    const rows = bots.map((one) =>
      row({ who: one, current: one.id === bot?.id, detail: `@${one.username}`, testid: `chat-${one.id}`,
        onclick: () => (chosen(), one.id !== bot?.id && session.openChat(one)) }));
    fill(chats, rows.length ? rows : h('li.quiet', {}, 'No bot yet'));
  });
  store.watch(['people', 'person'], (state) => {
    fill(people, state.people.map((one) =>
      row({ who: one, current: one.id === state.person?.id, detail: [star(13), ` ${count(one.stars)} · ${one.language_code ?? 'no language'}`],
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

/**
 * @param {(who: {first_name: string, language_code: string, stars: number}) => Promise<void>} add
 * @param {import('./parts/toast.js').Toast} toast
 */
function newPerson(add, toast) {
  const name = /** @type {HTMLInputElement} */ (h('input', { type: 'text', maxlength: '64', required: true, 'aria-label': 'First name', placeholder: 'First name', dir: 'auto' }));
  const language = /** @type {HTMLSelectElement} */ (h('select', { 'aria-label': 'Language' }, LANGUAGES.map(([code, label]) => h('option', { value: code, lang: code }, label))));
  const stars = /** @type {HTMLInputElement} */ (h('input', { type: 'number', min: '0', max: '1000000', value: '1000', 'aria-label': 'Stars' }));
  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (!name.value.trim()) return;
    try {
      await add({ first_name: name.value.trim(), language_code: language.value, stars: Number(stars.value) || 0 });
      name.value = '';
      details.removeAttribute('open');
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'alert');
    }
  }
  const details = h('details.new-person', {},
    h('summary.row', { testid: 'new-person' }, h('span.row-icon', {}, icon('person', 22)), h('span.row-text', {}, h('b', {}, 'New person'))),
    h('form.form', { onsubmit: submit },
      name, h('div.form-row', {}, language, stars),
      h('button.primary', { type: 'submit', testid: 'add-person' }, 'Add')));
  return details;
}
