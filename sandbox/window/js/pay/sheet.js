/**
 * Telegram's own sheet for paying with Stars. It ends with one status for whoever opened it.
 */

import { api } from '../parts/api.js';
import { avatar } from '../parts/avatar.js';
import { calm, fill, h, wait } from '../parts/dom.js';
import { count, period, stars } from '../parts/format.js';
import { icon, star } from '../parts/icon.js';
import { burst } from './burst.js';
import { orderOf, outcome } from './outcome.js';
import { askTopUp } from './top-up.js';

/** @typedef {import('../types.js').Invoice} Invoice */
/** @typedef {import('../types.js').PayStatus} PayStatus */

/** The gold burst, ms. */
const BURST_MS = 600;

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/layers.js').Layers} parts.layers
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function createPayments({ store, session, layers, toast }) {
  /**
   * @param {string} slug
   * @param {(status: PayStatus) => void} [done] told how it ended, once unless the desk says otherwise
   */
  return async function pay(slug, done = () => {}) {
    const { person } = store.state;
    if (!person) return;
    /** @type {import('../types.js').Form} */
    let form;
    try {
      form = await api.form(slug, person.id);
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'alert', 'This invoice cannot be opened');
      return done('failed');
    }
    new PaySheet({ form, user: person.id, store, session, layers, toast, done }).open();
  };
}

class PaySheet {
  /** @param {any} parts */
  constructor(parts) {
    /** @type {Invoice} */
    this.invoice = parts.form.invoice;
    this.parts = parts;
    this.balance = h('span.pay-balance', { testid: 'pay-balance' });
    this.error = h('p.pay-error', { role: 'alert', testid: 'pay-error', hidden: true });
    this.confirm = h('button.primary.pay-confirm', { testid: 'pay-confirm', autofocus: true, onclick: () => this.pay() });
    /** @type {PayStatus} what the opener hears when the sheet is closed now */
    this.status = 'cancelled';
    this.busy = false;
  }

  open() {
    const { invoice } = this;
    this.drawBalance(invoice.balance);
    this.drawConfirm(false);
    this.body = h(
      'div.pay',
      {},
      h('div.pay-head', {},
        h('button.round', { 'aria-label': 'Close', testid: 'pay-close', onclick: () => this.dismiss() }, icon('close')),
        h('div.pay-wallet', {}, h('small', {}, 'Balance'), this.balance)),
      picture(invoice),
      h('h2', { dir: 'auto' }, invoice.title),
      h('p.pay-seller', { dir: 'auto' }, invoice.bot.first_name),
      h('p.pay-text', { dir: 'auto' }, invoice.description),
      h('p.pay-amount', {}, star(26), h('b', {}, count(invoice.amount)), invoice.subscription_period ? h('span', {}, ` / ${period(invoice.subscription_period)}`) : null),
      this.error,
      this.confirm,
      h('p.pay-terms', {}, invoice.subscription_period
        ? `Renews every ${period(invoice.subscription_period)} until you cancel it in Settings.`
        : 'Stars of the sandbox are play money.'),
    );
    this.close = this.parts.layers.open({
      kind: 'sheet', label: `Pay for ${invoice.title}`, body: this.body, testid: 'pay-sheet',
      onDismiss: () => (this.dismiss(), false),
    });
  }

  /** @param {number} balance */
  drawBalance(balance) {
    fill(this.balance, star(16), count(balance));
  }

  /** @param {boolean} busy */
  drawConfirm(busy) {
    const { amount, subscription_period: subscription } = this.invoice;
    this.busy = busy;
    this.confirm.toggleAttribute('disabled', busy);
    this.confirm.setAttribute('aria-busy', String(busy));
    const verb = subscription ? 'Subscribe for' : 'Confirm and Pay';
    fill(this.confirm, busy
      ? [h('span.spinner', { 'aria-hidden': 'true' }), h('span.unseen', {}, 'Paying')]
      : [`${verb} `, star(18), h('span.unseen', {}, ' '), ` ${count(amount)}`]);
    this.confirm.setAttribute('aria-label', busy ? 'Paying' : `${verb} ${stars(amount)}`);
  }

  /** Leaves the sheet and tells the opener; not while the money is on its way. */
  dismiss() {
    if (!this.busy) this.end(this.status);
  }

  /** @param {PayStatus} status */
  end(status) {
    const { store, done } = this.parts;
    this.close?.();
    for (const each of this.closed ?? [status]) done(each);
    if (this.used && store.state.outcome === this.used) store.set({ outcome: 'normal' });
  }

  async pay() {
    const { session, store } = this.parts;
    this.drawConfirm(true);
    this.error.hidden = true;
    try {
      const { stars: balance } = await api.person(this.parts.user);
      this.drawBalance(balance);
      if (balance < this.invoice.amount) return await this.topUp(balance);
      this.used = store.state.outcome;
      const order = { slug: this.invoice.slug, user_id: this.parts.user, form_id: this.parts.form.form_id, ...orderOf(outcome(this.used)) };
      await this.answered(await api.pay(order));
    } catch (error) {
      this.refuse(/** @type {Error} */ (error).message);
    }
    session.loadPerson().catch(() => {});
  }

  /** @param {number} balance */
  async topUp(balance) {
    this.drawConfirm(false);
    const fresh = await askTopUp(this.parts, { need: this.invoice.amount - balance, for: this.invoice.bot.first_name });
    if (fresh !== null) this.drawBalance(fresh);
    this.confirm.focus();
  }

  /** @param {import('../types.js').Payment} payment */
  async answered(payment) {
    this.closed = payment.closed;
    if (payment.status === 'paid') return this.paid();
    if (payment.error_code === 'BALANCE_TOO_LOW') return this.pay();
    if (payment.error_code?.startsWith('FORM_')) return this.refuse(`${payment.error_code}: ${payment.error_message}`);
    if (payment.status === 'failed') return this.refuse(payment.error_message ?? 'The payment did not go through.');
    this.busy = false;
    this.end(payment.status);
    if (payment.status === 'pending') this.parts.toast('The payment is on its way.', 'star', 'Payment pending');
  }

  async paid() {
    const { invoice } = this;
    const words = `You paid ${stars(invoice.amount)} to ${invoice.bot.first_name}.`;
    if (!calm() && this.body) {
      burst(this.body);
      this.body.classList.add('is-paid');
      await wait(BURST_MS);
    }
    this.busy = false;
    this.end('paid');
    this.parts.toast(words, 'star', 'Payment completed');
  }

  /** Shows why not; the buyer may try again or leave. @param {string} sentence */
  refuse(sentence) {
    this.status = 'failed';
    this.error.textContent = sentence;
    this.error.hidden = false;
    this.drawConfirm(false);
  }
}

/** @param {Invoice} invoice */
function picture(invoice) {
  const image = invoice.photo_url
    ? h('img', { src: invoice.photo_url, alt: '' })
    : avatar({ id: invoice.bot.id, first_name: invoice.title }, 88);
  return h('div.pay-picture', {}, image, h('span.pay-badge', { 'aria-hidden': 'true' }, star(26)));
}
