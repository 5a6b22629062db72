/**
 * Who sits at the phone, which chat is open, and what the sandbox tells about them.
 */

import { api } from './parts/api.js';
import { startWishes } from './parts/address.js';
import { listen } from './parts/stream.js';
import { trace } from './parts/trace.js';

/** How often to look for a first bot; the event stream tells of later ones. */
const LOOK_MS = 1500;
/** How long "typing" stays. Source: Bot API, `sendChatAction`. */
const ACTION_MS = 5000;
/** The person made for a sandbox that knows nobody yet. */
const FIRST_PERSON = { first_name: 'Alex', language_code: 'en', stars: 1000 };

/** @param {import('./parts/store.js').Store} store */
export function createSession(store) {
  let hangUp = () => {};
  /** Counts chats opened, so that a slow answer about an older one is dropped. */
  let turn = 0;

  /** Loads people and bots and opens the chat that the address asks for. */
  async function start() {
    const wishes = startWishes();
    await loadPeople();
    const { people } = store.state;
    const person = people.find((one) => String(one.id) === String(wishes.user)) ?? people[0];
    store.set({ person });
    connect();
    await loadBots();
    for (const call of await api.calls().catch(() => [])) record(call);
    if (!store.state.bots.length) await firstBot();
    const { bots } = store.state;
    const named = (/** @type {import('./types.js').Bot} */ bot) =>
      String(bot.id) === String(wishes.bot) || bot.username === wishes.bot;
    await openChat(bots.find(named) ?? bots[0]);
    return wishes;
  }

  async function loadPeople() {
    const people = await api.people();
    store.set({ people: people.length ? people : [await api.addPerson(FIRST_PERSON)] });
  }

  async function loadBots() {
    const bots = await api.bots(store.state.person?.id);
    const id = store.state.bot?.id;
    store.set({ bots, bot: bots.find((bot) => bot.id === id) ?? store.state.bot });
  }

  /** Waits until a bot has shown itself. */
  function firstBot() {
    return new Promise((done) => {
      const timer = setInterval(() => loadBots().catch(() => {}), LOOK_MS);
      const stop = store.watch(['bots'], (state) => {
        if (!state.bots.length) return;
        clearInterval(timer);
        queueMicrotask(() => stop());
        done(undefined);
      });
    });
  }

  /** @param {import('./types.js').Bot} bot */
  async function openChat(bot) {
    turn += 1;
    store.set({ bot, chat: null });
    connect();
    await loadChat();
  }

  /** @param {import('./types.js').Person} person */
  async function become(person) {
    turn += 1;
    store.set({ person, chat: null });
    connect();
    await Promise.all([loadPerson(), loadBots(), loadChat()]);
  }

  async function loadChat() {
    const { bot, person } = store.state;
    const mine = turn;
    if (!bot || !person) return;
    const chat = await api.chat(bot.token, person.id);
    if (mine === turn) store.set({ chat });
  }

  async function loadPerson() {
    const { person } = store.state;
    if (person) adopt(await api.person(person.id));
  }

  /** @param {import('./types.js').Person} fresh */
  function adopt(fresh) {
    const people = store.state.people.map((one) => (one.id === fresh.id ? fresh : one));
    store.set({ people, person: store.state.person?.id === fresh.id ? fresh : store.state.person });
  }

  function connect() {
    hangUp();
    const { bot, person } = store.state;
    hangUp = listen({ user_id: person?.id, token: bot?.token }, tell, (line) => {
      if (line === 'live' && store.state.line === 'lost') refresh();
      store.set({ line });
    });
  }

  /** After a gap in the stream nothing that was shown can be trusted. */
  function refresh() {
    Promise.all([loadBots(), loadPerson(), loadChat()]).catch((error) => trace.note(error.message));
  }

  /** Names the answers of the bot to pressed buttons, for whoever pressed. */
  /** @type {Set<(answer: CallbackAnswer) => void>} */
  const answerReaders = new Set();
  /** Told when the sandbox's clock jumped. @type {Set<(time: {now: number}) => void>} */
  const clocks = new Set();
  /** Takes the bot's "typing" away again. */
  let actionEnd = 0;

  /** @param {Record<string, any>} event */
  function tell(event) {
    const reload = () => trace.note('A change could not be read; the window shows what it had.');
    switch (event.type) {
      case 'call':
        return record(event.call);
      case 'callback_answer':
        return answerReaders.forEach((reader) => reader(/** @type {CallbackAnswer} */ (event)));
      case 'time':
        return clocks.forEach((clock) => clock({ now: event.now }));
      case 'chat_action':
        clearTimeout(actionEnd);
        actionEnd = window.setTimeout(() => store.set({ action: '' }), ACTION_MS);
        return store.set({ action: event.action });
      case 'lagged':
        return refresh();
      case 'balance':
        return void loadPerson().catch(reload);
      case 'bot':
        return void loadBots().catch(reload);
      case 'user':
        return void loadPeople().catch(reload);
      case 'message':
        store.set({ action: '' });
        return void loadChat().catch(reload);
      case 'message_edited': case 'message_deleted': case 'chat':
        return void loadChat().catch(reload);
      default:
    }
  }

  return {
    start, openChat, become, loadChat, loadPerson, adopt,
    /** @param {(answer: CallbackAnswer) => void} reader */
    onCallbackAnswer: (reader) => answerReaders.add(reader),
    /** @param {(time: {now: number}) => void} clock */
    onTime: (clock) => clocks.add(clock),
  };
}

/** @typedef {{callback_query_id: string, text?: string, show_alert?: boolean, url?: string}} CallbackAnswer */

/** Puts a call into the record, once. @param {Record<string, any>} call */
function record(call) {
  if (call.id <= lastCall) return;
  lastCall = call.id;
  const kind = call.direction === 'webhook' ? 'update' : 'bot';
  const failed = call.status === 0 || call.status >= 400;
  trace.write(kind, call.method, call, failed ? 'failed' : 'ok', call.response?.description);
}
let lastCall = 0;

/** @typedef {ReturnType<typeof createSession>} Session */
