/** A bot in grammY that writes down what it is told, and its sandbox. */

import { createServer } from 'node:http';
import { once } from 'node:events';
import { Bot, webhookCallback } from 'grammy';
import { Desk } from './desk.js';
import { Inbox } from './report.js';

export const SECRET = 'a-secret_of-ours';
/** Everything that the checks wait for. */
const ALLOWED = [
  'message', 'callback_query', 'pre_checkout_query', 'purchased_paid_media', 'subscription', 'my_chat_member',
  'chat_member', 'chat_join_request',
];

export class World {
  inbox = new Inbox();
  /** Users, and a group: the buyer, one who came through an affiliate, the group's owner. */
  buyer = 0;
  referred = 0;
  owner = 0;
  group = 0;
  charges = {};
  /** The name of a sticker set. */
  pack = '';
  /** What pre-checkout queries are answered: `null` is yes, a text is no, `'hold'` is nothing. */
  refusal = null;
  #polling = null;

  /** @param {string} url */
  constructor(url) {
    this.url = url;
    this.desk = new Desk(url, '4203:GRAMMY');
    this.bot = this.#make();
    this.api = this.bot.api;
  }

  /** A bot that writes down what it is told. */
  #make() {
    const { inbox } = this;
    const bot = this.client(this.desk.token);
    bot.command('start', (ctx) => inbox.put('command', ctx.message));
    bot.on('message:successful_payment', (ctx) => inbox.put('successful_payment', ctx.message.successful_payment));
    bot.on('message:refunded_payment', (ctx) => inbox.put('refunded_payment', ctx.message.refunded_payment));
    bot.on('message:write_access_allowed', (ctx) => inbox.put('write_access_allowed', ctx.message));
    bot.on('callback_query:data', (ctx) => inbox.put('callback_query', ctx));
    bot.on('my_chat_member', (ctx) => inbox.put('my_chat_member', ctx.myChatMember));
    bot.on('chat_member', (ctx) => inbox.put('chat_member', ctx.chatMember));
    bot.on('chat_join_request', (ctx) => inbox.put('chat_join_request', ctx.chatJoinRequest));
    bot.on('purchased_paid_media', (ctx) => inbox.put('purchased_paid_media', ctx.purchasedPaidMedia));
    bot.on('subscription', (ctx) => inbox.put('subscription', ctx.subscription));
    bot.on('pre_checkout_query', async (ctx) => {
      inbox.put('pre_checkout_query', ctx);
      if (this.refusal === null) await ctx.answerPreCheckoutQuery(true);
      else if (this.refusal !== 'hold') await ctx.answerPreCheckoutQuery(false, this.refusal);
    });
    return bot;
  }

  /** A client with nothing set but the address, and what is asked for. */
  client(token, more = {}) {
    return new Bot(token, { client: { apiRoot: this.url, ...more } });
  }

  poll() {
    this.#polling = this.bot.start({ timeout: 5, allowed_updates: ALLOWED });
  }

  /**
   * grammY's own webhook, failing this often before it takes anything. It has a bot of its own:
   * one that has served a webhook refuses to poll.
   */
  async serve(failures) {
    const take = webhookCallback(this.#make(), 'http', { secretToken: SECRET });
    const server = createServer((request, response) => {
      if (failures-- > 0) response.writeHead(500).end();
      else take(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stop = () => server.close().closeAllConnections();
    return { stop, address: `http://127.0.0.1:${server.address().port}/hook` };
  }

  async close() {
    if (this.#polling) await this.bot.stop();
  }
}
