/**
 * Desk: the person's subscriptions to the bot, as Telegram's settings list them, and how
 * the next renewal goes.
 */

import { api } from '../parts/api.js';
import { nowMs } from '../parts/clock.js';
import { fill, h } from '../parts/dom.js';
import { count, moment, period } from '../parts/format.js';
import { star } from '../parts/icon.js';
import { refresher } from '../parts/refresher.js';
import { group, toggle } from './controls.js';

/** @typedef {import('../types.js').Subscription} Subscription */
/** @typedef {'cancel'|'reactivate'|'pay'|'fail_next'|'renew_next'} Action */

/** A jump to the renewal ends this long after it, s: it and its update are through then. */
const AFTER = 1;

/** What each standing says of the end of the period, and what the person can do about it. */
const STANDINGS = /** @type {Record<Subscription['standing'], {words: (end: string, fails: boolean) => string, act?: [Action, string]}>} */ ({
  active: { words: (end, fails) => (fails ? `Will fail to renew ${end}` : `Renews ${end}`), act: ['cancel', 'Cancel'] },
  canceled: { words: (end) => `Cancelled, ends ${end}`, act: ['reactivate', 'Renew after all'] },
  stopped_by_bot: { words: (end) => `Stopped by the bot, ends ${end}` },
  failed: { words: (end) => `Not renewed, unpaid since ${end}`, act: ['pay', 'Pay now'] },
  lapsed: { words: (end) => `Over since ${end}` },
});

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function subscriptionsGroup({ store, session, toast }) {
  const list = h('ul.cells.subscriptions', { testid: 'subscriptions', 'aria-label': 'Subscriptions' });
  const read = refresher(async () => {
    const { bot, person } = store.state;
    const found = bot && person ? await api.subscriptions(bot.token, person.id) : [];
    fill(list, found.length ? found.map(row) : h('li.cell.quiet', {}, 'None yet'));
  });
  /** @param {Subscription} of @param {Action} action */
  const act = (of, action) => {
    const { bot } = store.state;
    if (bot) api.subscription(bot.token, of.charge_id, action).catch((error) => toast(error.message, 'alert')).then(read);
  };
  /** @param {Subscription} of */
  const jump = (of) => {
    const now = Math.floor(nowMs(store.state.time) / 1000);
    api.advance(Math.max(0, of.paid_until - now) + AFTER).catch((error) => toast(error.message, 'alert'));
  };

  /** @param {Subscription} of */
  function row(of) {
    const { words, act: can } = STANDINGS[of.standing];
    const runs = of.standing === 'active' || of.standing === 'canceled' || of.standing === 'stopped_by_bot';
    const fails = toggle({ label: 'Let the next renewal fail', testid: 'fail-next', onchange: (on) => act(of, on ? 'fail_next' : 'renew_next') });
    fails.set(of.fails_next);
    return h('li.subscription', { testid: 'subscription', 'data-standing': of.standing },
      h('div.cell', {},
        h('span.row-text.wraps', {}, h('b', { dir: 'auto' }, of.title), h('small', { testid: 'subscription-state' }, words(moment(of.paid_until), of.fails_next))),
        h('span.balance', {}, star(16), count(of.amount), h('small.quiet', {}, `/ ${period(of.period)}`))),
      (can || runs) && h('div.cell.acts', {},
        runs && h('button.amount', { testid: 'subscription-jump', onclick: () => jump(of) }, of.standing === 'active' ? 'Jump to renewal' : 'Jump to end'),
        can && h('button.amount', { testid: `subscription-${can[0]}`, onclick: () => act(of, can[0]) }, can[1])),
      of.standing === 'active' && fails.element);
  }

  session.onEvent(({ type }) => ['subscription', 'lagged', 'time'].includes(type) && read());
  store.watch(['bot', 'person', 'line'], read);
  return group('Subscriptions', list);
}
