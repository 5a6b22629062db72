/**
 * The other side of the chat: users, wallets, payments, faults and the clock of the sandbox, by its
 * control interface.
 */

import { rejects } from 'node:assert';

/** The sandbox refused a request of the control interface. */
class Refused extends Error {}

export class Desk {
  /** @param {string} url @param {string} token */
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Refused(await answer.text());
    return answer.json();
  }

  /** The control interface must refuse the call with this code. */
  refuses = (call, code) =>
    rejects(call, (error) => error instanceof Refused && JSON.parse(error.message).error.code === code);

  #of = (user, more) => ({ token: this.token, user_id: user, ...more });

  user = async (name, stars = 0) => (await this.call('POST', '/users', { first_name: name, stars })).id;
  person = (user) => this.call('GET', `/users/${user}`);
  stars = async (user) => (await this.person(user)).stars;
  topUp = (user, amount) => this.call('POST', '/stars', { user_id: user, amount });
  now = async () => (await this.call('GET', '/time')).now;
  write = (user, text) => this.call('POST', '/messages', this.#of(user, { text }));
  press = (user, message, data) => this.call('POST', '/callbacks', this.#of(user, { message_id: message, data }));
  pay = (user, link, outcome = 'normal') => this.call('POST', '/pay', { slug: link, user_id: user, outcome });
  block = (user, blocked) => this.call('POST', '/block', this.#of(user, { blocked }));
  allow = (user) => this.call('POST', '/write-access', this.#of(user, { allow: true }));
  chargeback = (charge) => this.call('POST', '/refunds', { token: this.token, charge_id: charge });
  subscription = (charge, action) =>
    this.call('POST', '/subscriptions', { token: this.token, charge_id: charge, action });
  buyMedia = (user, message) => this.call('POST', '/paid-media', this.#of(user, { message_id: message }));
  refer = (user, affiliate, perMille) =>
    this.call('POST', '/affiliates', this.#of(user, { affiliate_id: affiliate, commission_per_mille: perMille }));
  withdraw = async (amount) => (await this.call('POST', '/withdrawals', { token: this.token, amount })).id;
  endWithdrawal = (id, ending) => this.call('PUT', '/withdrawals', { token: this.token, id, ending });
  book = (flow, amount, partner, nanostars = 0) =>
    this.call('POST', '/ledger', { token: this.token, flow, amount, nanostar_amount: nanostars, partner });
  found = async (kind, title, owner) =>
    (await this.call('POST', '/communities', { token: this.token, kind, title, owner_id: owner })).id;
  join = (user, link) => this.call('POST', '/joins', { user_id: user, invite_link: link });
  faults = (faults) => this.call('PUT', '/faults', faults);
  advance = (seconds) => this.call('POST', '/clock', { advance_seconds: seconds });
  launch = (user, how = {}) => this.call('POST', '/launch', this.#of(user, { url: 'https://shop.example/', ...how }));
  chat = async (user) =>
    (await this.call('GET', `/chats/${user}?token=${encodeURIComponent(this.token)}`)).messages;
}
