/**
 * Invite links of a group or channel: what each is worth, and a new one in the bot's name.
 */

import { h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { icon } from '../parts/icon.js';
import { select } from './controls.js';

/** The only period of a channel that costs. Source: Bot API, `createChatSubscriptionInviteLink`. */
const MONTH = 2_592_000;
/** Price of a made link, Stars each month. */
const PRICE = 50;

/** Kinds of links, with the call of the bot that makes them. */
const KINDS = /** @type {[string, string, string, object][]} */ ([
  ['open', 'Open to all', 'createChatInviteLink', {}],
  ['once', 'For one person', 'createChatInviteLink', { member_limit: 1 }],
  ['asking', 'Owner lets in', 'createChatInviteLink', { creates_join_request: true }],
  ['paid', `${PRICE} Stars a month`, 'createChatSubscriptionInviteLink', { subscription_period: MONTH, subscription_price: PRICE }],
]);

/**
 * @param {import('../types.js').InviteLink} link
 * @param {import('../types.js').Community} one
 * @param {import('./groups.js').Acts} acts
 */
export function linkRow(link, one, acts) {
  const person = acts.person();
  const isIn = one.people.some(({ user_id, status }) => user_id === person?.id && (status === 'member' || status === 'creator'));
  const waits = one.requests.some(({ user_id }) => user_id === person?.id);
  const facts = [
    !link.is_open && 'closed', link.creates_join_request && 'owner lets in', link.price && `${count(link.price)} Stars a month`,
    link.member_limit > 0 && `for ${count(link.member_limit)}`, `${count(link.used)} came`,
  ].filter(Boolean).join(' · ');
  const short = link.invite_link.replace('https://', '');
  return h('li.cell.link', { testid: 'link' },
    h('span.row-text', {}, h('code', {}, short), link.name && h('small', { dir: 'auto', title: link.name }, link.name), h('small', {}, facts)),
    h('span.amounts', {},
      link.is_open && !isIn && !waits && person && h('button.amount', { testid: 'join', 'aria-label': `Join by ${short} as ${person.first_name}`, onclick: () => acts.join(link.invite_link) }, link.creates_join_request ? 'Ask' : 'Join'),
      h('button.round.small', { 'aria-label': `Copy ${short}`, onclick: () => acts.copy(link.invite_link) }, icon('copy', 16)),
      link.is_open && h('button.round.small', { testid: 'revoke', 'aria-label': `Revoke ${short}`, onclick: () => acts.bot('revokeChatInviteLink', { invite_link: link.invite_link }) }, icon('clear', 16))));
}

/** @param {import('../types.js').Community} one @param {import('./groups.js').Acts} acts */
export function linkForm(one, acts) {
  const kinds = KINDS.filter(([id]) => id !== 'paid' || one.kind === 'channel');
  let wish = kinds[0];
  const kind = select({
    label: 'New link', testid: 'link-kind', options: kinds.map(([id, label]) => [id, label]),
    onchange: (value) => { wish = kinds.find(([id]) => id === value) ?? wish; },
  });
  const make = h('button.amount', { testid: 'make-link', onclick: () => acts.bot(wish[2], wish[3]) }, 'Make');
  return h('div.cell.make-link', {}, kind.element, make);
}
