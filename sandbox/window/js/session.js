/**
 * Who sits at the phone, which chat is open, and what the sandbox tells about them.
 */

import { api } from './parts/api.js';
import { startWishes } from './parts/address.js';
import { refresher } from './parts/refresher.js';
import { listen } from './parts/stream.js';
import { trace } from './parts/trace.js';

/** @typedef {{callback_query_id: string, text?: string, show_alert?: boolean, url?: string}} CallbackAnswer */

/** How often to look for a first bot; the event stream tells of later ones. */
const LOOK_MS = 1500;
/** How long "typing" stays. Source: Bot API, `sendChatAction`. */
const ACTION_MS = 5000;
/** Token of the bot that is made for a Mini App without one. */
const LONELY_TOKEN = '1000:SANDBOX';
/** The person made for a sandbox that knows nobody yet. */
const FIRST_PERSON = { first_name: 'Alex', language_code: 'en', stars: 1000 };

export class Session {
  #store;
  #hangUp = () => {};
  /** Counts chats opened, so that a slow answer about an older one is dropped. */
  #turn = 0;
  /** Counts how often a chat was asked for, and the last of them that was answered: an older answer that was slow knows less. */
  #asked = 0;
  #answered = 0;
  /** Calls of the Bot API that were recorded: the list and the stream may both tell of one. @type {Set<number>} */
  #calls = new Set();
  /** Takes the bot's "typing" away again. */
  #actionEnd = 0;
  /** Told of the bot's answers to pressed buttons. @type {Set<(answer: CallbackAnswer) => void>} */
  #answerReaders = new Set();
  /** Told of everything that happens. @type {Set<(event: Record<string, any>) => void>} */
  #witnesses = new Set();

  #loadCommunities = refresher(() => this.#readCommunities());

  /** @param {import('./parts/store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** @param {(answer: CallbackAnswer) => void} reader */
  onCallbackAnswer(reader) {
    this.#answerReaders.add(reader);
  }

  /** @param {(event: Record<string, any>) => void} witness */
  onEvent(witness) {
    this.#witnesses.add(witness);
  }

  /** Loads people and bots and opens the chat that the address asks for. */
  async start() {
    const wishes = startWishes();
    await this.#loadPeople();
    const { people } = this.#store.state;
    this.#store.set({ person: people.find((one) => String(one.id) === String(wishes.user)) ?? people[0] });
    await this.loadTime();
    this.#connect();
    await this.#loadBots();
    if (!this.#store.state.bots.length) {
      if (wishes.url) await this.makeBot(wishes.url);
      await this.#firstBot();
    }
    const { bots } = this.#store.state;
    await this.#readCommunities();
    const group = this.#store.state.communities.find((one) => String(one.id) === wishes.chat);
    if (group) {
      await this.openGroup(group);
      return wishes;
    }
    const named = (/** @type {import('./types.js').Bot} */ bot) =>
      String(bot.id) === String(wishes.bot) || bot.username === wishes.bot;
    await this.openChat(bots.find(named) ?? bots[0]);
    return wishes;
  }

  /** @param {import('./types.js').Bot} bot */
  async openChat(bot) {
    this.#turn += 1;
    this.#store.set({ bot, community: null, chat: null, action: '' });
    this.#connect();
    await this.loadChat();
  }

  /** Opens a group or channel. @param {import('./types.js').Community} community */
  async openGroup(community) {
    this.#turn += 1;
    const bot = this.#store.state.bots.find((one) => one.id === community.bot_id);
    this.#store.set({ bot, community, chat: null, action: '' });
    this.#connect();
    await this.loadChat();
  }

  /** The group or channel that an invite link leads into. @param {string} link */
  async behind(link) {
    await this.#readCommunities();
    return this.#store.state.communities.find(({ links }) => links.some((one) => one.invite_link === link));
  }

  /** @param {import('./types.js').Person} person */
  async become(person) {
    this.#turn += 1;
    const { community } = this.#store.state;
    const stays = community?.members.includes(person.id);
    this.#store.set({ person, chat: null, community: stays ? community : null, action: '' });
    this.#connect();
    await Promise.all([this.loadPerson(), this.#loadBots(), this.loadChat()]);
  }

  /** Makes a person and hands them the phone. @param {Parameters<typeof api.addPerson>[0]} who */
  add = async (who) => {
    const person = await api.addPerson(who);
    this.#store.set({ people: [...this.#store.state.people.filter((one) => one.id !== person.id), person] });
    await this.become(person);
  };

  /** Makes a bot for a Mini App that has none; all it has is a menu button. @param {string} url */
  async makeBot(url) {
    const menu_button = { type: 'web_app', text: 'Open', web_app: { url } };
    await api.asBot(LONELY_TOKEN, 'setChatMenuButton', { menu_button });
  }

  loadTime = async () => {
    const time = await api.time();
    trace.date(time);
    this.#store.set({ time });
  };

  /** Calls made while the line was down, or before it was up. */
  async #loadCalls() {
    const last = Math.max(0, ...this.#calls);
    for (const call of await api.calls(last)) this.#record(call);
  }

  loadChat = async () => {
    const { bot, person, community } = this.#store.state;
    if (!bot || !person) return;
    const [mine, asked] = [this.#turn, (this.#asked += 1)];
    const chat = await api.chat(bot.token, community?.id ?? person.id);
    if (mine !== this.#turn || asked < this.#answered) return;
    this.#answered = asked;
    this.#store.set({ chat });
  };

  loadPerson = async () => {
    const { person, people } = this.#store.state;
    if (!person) return;
    const fresh = await api.person(person.id);
    this.#store.set({ people: people.map((one) => (one.id === fresh.id ? fresh : one)) });
    if (this.#store.state.person?.id === fresh.id) this.#store.set({ person: fresh });
  };

  async #loadPeople() {
    const found = await api.people();
    const people = found.length ? found : [await api.addPerson(FIRST_PERSON)];
    const { person } = this.#store.state;
    this.#store.set({ people, person: people.find((one) => one.id === person?.id) ?? person });
  }

  async #loadBots() {
    const { person } = this.#store.state;
    const bots = await api.bots(person?.id);
    const { bot } = this.#store.state;
    this.#store.set({ bots, bot: bots.find((one) => one.id === bot?.id) ?? bot });
  }

  async #readCommunities() {
    const { bots } = this.#store.state;
    const lists = await Promise.all(bots.map(async ({ id, token }) =>
      (await api.communities(token)).map((one) => ({ ...one, bot_id: id }))));
    const communities = lists.flat();
    const { community } = this.#store.state;
    this.#store.set({ communities, community: communities.find((one) => one.id === community?.id) ?? null });
  }

  /** Waits until a bot has shown itself. */
  #firstBot() {
    return new Promise((done) => {
      const timer = setInterval(() => this.#loadBots().catch(() => {}), LOOK_MS);
      const stop = this.#store.watch(['bots'], (state) => {
        if (!state.bots.length) return;
        clearInterval(timer);
        queueMicrotask(() => stop());
        done(undefined);
      });
    });
  }

  #connect() {
    this.#hangUp();
    const { bot, person, community } = this.#store.state;
    this.#hangUp = listen({ user_id: person?.id, token: bot?.token, chat_id: community?.id }, (event) => this.#tell(event), (line) => {
      if (line === 'live' && this.#store.state.line === 'lost') this.#refresh();
      // What was written while the line was being made, nobody told of.
      else if (line === 'live') again(this.loadChat());
      if (line === 'live') again(this.#loadCalls());
      this.#store.set({ line });
    });
  }

  /** After a gap in the stream nothing that was shown can be trusted. */
  #refresh() {
    Promise.all([this.#loadBots(), this.#loadCommunities(), this.loadPerson(), this.loadChat(), this.loadTime()]).catch((error) => trace.note(error.message));
  }

  /** @param {Record<string, any>} event */
  #tell(event) {
    this.#witnesses.forEach((witness) => witness(event));
    const { community, person } = this.#store.state;
    const isHere = event.user_id === (community?.id ?? person?.id);
    switch (event.type) {
      case 'call':
        return this.#record(event.call);
      case 'callback_answer':
        return this.#answerReaders.forEach((reader) => reader(/** @type {CallbackAnswer} */ (event)));
      case 'time':
        return again(this.loadTime());
      case 'chat_action':
        if (!isHere) return undefined;
        clearTimeout(this.#actionEnd);
        this.#actionEnd = window.setTimeout(() => this.#store.set({ action: '' }), ACTION_MS);
        return this.#store.set({ action: event.action });
      case 'lagged':
        return this.#refresh();
      case 'balance':
        return again(this.loadPerson());
      case 'bot':
        return again(this.#loadBots().then(this.#loadCommunities));
      case 'community':
        return again(this.#loadCommunities());
      case 'user':
        return again(this.#loadPeople());
      case 'message':
        if (isHere) this.#store.set({ action: '' });
        return isHere ? again(this.loadChat()) : undefined;
      case 'message_edited': case 'message_deleted': case 'chat':
        return isHere ? again(this.loadChat()) : undefined;
      default:
    }
  }

  /** Puts a call into the record, once. @param {Record<string, any>} call */
  #record(call) {
    if (this.#calls.has(call.id)) return;
    this.#calls.add(call.id);
    const kind = call.direction === 'webhook' ? 'update' : 'bot';
    const failed = call.status === 0 || call.status >= 400;
    trace.write(kind, call.method, call, failed ? 'failed' : 'ok', call.response?.description, new Date(call.at_ms));
  }
}

/** @param {Promise<any>} load */
function again(load) {
  load.catch((error) => trace.note(`A change could not be read: ${error.message}`));
}
