/**
 * The other side of the chat: users, wallets, payments, faults and the clock of the sandbox, by its
 * control interface.
 */

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
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  #of = (user, more) => ({ token: this.token, user_id: user, ...more });

  user = async (name, stars = 0) => (await this.call('POST', '/users', { first_name: name, stars })).id;
  stars = async (user) => (await this.call('GET', `/users/${user}`)).stars;
  now = async () => (await this.call('GET', '/time')).now;
  write = (user, text) => this.call('POST', '/messages', this.#of(user, { text }));
  press = (user, message, data) => this.call('POST', '/callbacks', this.#of(user, { message_id: message, data }));
  pay = (user, link, outcome = 'normal') => this.call('POST', '/pay', { slug: link, user_id: user, outcome });
  block = (user, blocked) => this.call('POST', '/block', this.#of(user, { blocked }));
  allow = (user) => this.call('POST', '/write-access', this.#of(user, { allow: true }));
  chargeback = (charge) => this.call('POST', '/refunds', { token: this.token, charge_id: charge });
  faults = (faults) => this.call('PUT', '/faults', faults);
  advance = (seconds) => this.call('POST', '/clock', { advance_seconds: seconds });
  launch = (user, how = {}) => this.call('POST', '/launch', this.#of(user, { url: 'https://shop.example/', ...how }));
  chat = async (user) =>
    (await this.call('GET', `/chats/${user}?token=${encodeURIComponent(this.token)}`)).messages;
}
