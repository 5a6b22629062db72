/**
 * Rows of the people in a group or channel, and of those who ask to come in.
 */

import { avatar } from '../parts/avatar.js';
import { h } from '../parts/dom.js';
import { moment } from '../parts/format.js';

/** @typedef {import('./groups.js').Acts} Acts */

const STATUSES = /** @type {Record<string, string>} */ ({ creator: 'Owner', member: 'Member', left: 'Not in it any more', kicked: 'Banned' });
/** What the owner can do about somebody, by their status. */
const RULINGS = /** @type {Record<string, [string, string][]>} */ ({
  member: [['remove', 'Remove'], ['ban', 'Ban']], left: [['ban', 'Ban']], kicked: [['unban', 'Lift ban']], creator: [],
});

/**
 * @param {import('../types.js').Member} member
 * @param {Acts} acts
 */
export function memberRow({ user_id, status, until }, acts) {
  const name = acts.name(user_id);
  const words = until ? `${STATUSES[status]} until ${moment(until)}` : STATUSES[status];
  const leaves = status === 'member' && acts.person()?.id === user_id;
  return personRow(user_id, name, words, [
    leaves && act('Leave', `${name}: leave`, 'leave', acts.leave),
    ...RULINGS[status].map(([ruling, label]) => act(label, `${label}: ${name}`, ruling, () => acts.rule(user_id, ruling))),
  ]);
}

/**
 * @param {{user_id: number, invite_link: string}} request
 * @param {Acts} acts
 */
export function requestRow({ user_id, invite_link }, acts) {
  const name = acts.name(user_id);
  return personRow(user_id, name, `by ${invite_link.replace('https://', '')}`, [
    act('Decline', `Decline ${name}`, 'decline', () => acts.rule(user_id, 'decline')),
    act('Approve', `Approve ${name}`, 'approve', () => acts.rule(user_id, 'approve')),
  ]);
}

/** @param {number} id @param {string} name @param {string} words @param {(HTMLElement | false)[]} buttons */
const personRow = (id, name, words, buttons) =>
  h('li.cell.member', { testid: `member-${id}` },
    avatar({ id, first_name: name }, 32),
    h('span.row-text', {}, h('b', { dir: 'auto', title: name }, name), h('small', { title: words }, words)),
    h('span.amounts', {}, buttons));

/** @param {string} text @param {string} label @param {string} testid @param {() => void} onclick */
const act = (text, label, testid, onclick) => h('button.amount', { testid, 'aria-label': label, onclick }, text);
