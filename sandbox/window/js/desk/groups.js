/**
 * Desk: groups and channels that the bot runs, with their people, links and requests.
 * Rulings are the owner's; links are made in the bot's name, as a shop makes them.
 */

import { api } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { refresher } from '../parts/refresher.js';
import { group, select } from './controls.js';
import { groupForm } from './group-form.js';
import { linkForm, linkRow } from './group-links.js';
import { memberRow, requestRow } from './members.js';

/** @typedef {import('../types.js').Community} Community */

/**
 * @typedef {object} Acts what rows may do; each tells when it fails and shows the outcome
 * @property {(user: number, ruling: string) => void} rule
 * @property {(link: string) => void} join
 * @property {() => void} leave
 * @property {(method: string, wish: object) => void} bot
 * @property {(text: string) => void} copy
 * @property {(id: number) => string} name
 * @property {() => import('../types.js').Person | null} person
 */

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/toast.js').Toast} parts.toast
 * @param {(text: string) => Promise<boolean>} parts.copy
 */
export function groupsPanel(parts) {
  const { store, session } = parts;
  /** @type {Community[]} */
  let all = [];
  let chosen = 0;
  const which = select({ label: 'Group or channel', testid: 'group', options: [], onchange: (value) => { chosen = Number(value); draw(); } });
  const about = h('div');
  const form = groupForm(async (wish) => {
    const { bot, person } = store.state;
    if (!bot || !person) throw new Error('There is no bot yet.');
    chosen = (await api.found({ token: bot.token, owner_id: person.id, ...wish })).id;
    read();
  }, parts.toast);
  const picker = h('div.cells', {}, which.element);
  const read = refresher(async () => {
    const { bot } = store.state;
    all = bot ? await api.communities(bot.token) : [];
    draw();
  });

  function draw() {
    const one = all.find(({ id }) => id === chosen) ?? all[0];
    picker.hidden = !one;
    which.offer(all.map(({ id, title }) => [String(id), title]));
    if (!one) {
      fill(about, h('p.group-note.empty', { testid: 'no-groups' }, 'The bot runs no group or channel yet. Make one: the bot becomes its administrator and the person at the phone its owner.'));
      return;
    }
    chosen = one.id;
    which.set(String(one.id));
    fill(about, ...sections(one, actsOn(one, parts, read)));
  }

  session.onEvent(({ type }) => ['community', 'lagged', 'time'].includes(type) && read());
  store.watch(['bot', 'line'], read);
  store.watch(['person', 'people'], draw);
  return h('div', {}, h('div.group', {}, picker), about, group('New', form));
}

/** @param {Community} one @param {Acts} acts */
function sections(one, acts) {
  const requests = one.requests.map((request) => requestRow(request, acts));
  const people = [...one.people].sort((a, b) => RANKS.indexOf(a.status) - RANKS.indexOf(b.status));
  const links = one.links.map((link) => linkRow(link, one, acts));
  return [
    requests.length ? group('Ask to come in', h('ul', { testid: 'requests', 'aria-label': 'Requests' }, requests)) : null,
    group('People', h('ul', { testid: 'members', 'aria-label': 'People' }, people.map((member) => memberRow(member, acts)))),
    group('Invite links', h('ul', { testid: 'links', 'aria-label': 'Invite links' }, links.length ? links : h('li.cell.quiet', {}, 'None yet')), linkForm(one, acts)),
  ].filter((section) => section !== null);
}

/** In this order people are listed. */
const RANKS = ['creator', 'member', 'kicked', 'left'];

/**
 * @param {Community} one
 * @param {Parameters<typeof groupsPanel>[0]} parts
 * @param {() => void} read
 * @returns {Acts}
 */
function actsOn(one, { store, toast, copy }, read) {
  const shown = (/** @type {Promise<any>} */ deed) => deed.catch((error) => toast(error.message, 'alert')).then(read);
  const { state } = store;
  return {
    rule: (user, ruling) => shown(api.rule(one.id, user, ruling)),
    join: (link) => state.person && shown(api.join(state.person.id, link)),
    leave: () => state.person && shown(api.leave(one.id, state.person.id)),
    bot: (method, wish) => state.bot && shown(api.asBot(state.bot.token, method, { chat_id: one.id, ...wish })),
    copy: async (text) => toast((await copy(text)) ? 'Copied to clipboard' : 'The browser did not allow copying.', 'copy'),
    name: (id) => state.people.find((who) => who.id === id)?.first_name ?? String(id),
    person: () => state.person,
  };
}
