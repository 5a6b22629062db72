/**
 * What the window asks of the sandbox. Every answer is JSON; every failure an `ApiError`
 * whose message is a sentence for people.
 */

import { wait } from './dom.js';
import { trace } from './trace.js';

/** @typedef {import('../types.js').Bot} Bot */
/** @typedef {import('../types.js').Person} Person */

export class ApiError extends Error {
  /** @param {number} status @param {string} message @param {string} [code] the sandbox's own */
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function request(method, path, body) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, 'The sandbox does not answer. Is it still running?');
  }
  const answer = await response.json().catch(() => null);
  if (method !== 'GET') trace.window(`${method} ${path}`, { request: body, status: response.status, answer });
  if (response.ok) return answer;
  throw new ApiError(response.status, answer?.error?.message ?? answer?.description ?? `The sandbox answered ${response.status}.`, answer?.error?.code);
}

/** How late a phone on a slow line is, ms: a bad 3G cell. */
const SLOW_MS = 2000;
/** @type {import('../types.js').Network} */
let network = 'good';

/** Sets the phone's line to Telegram. @param {import('../types.js').Network} wish */
export function setNetwork(wish) {
  network = wish;
}

/**
 * What the phone itself sends goes over its line; the desk's requests do not.
 * @template T
 * @param {() => Promise<T>} send
 */
async function byPhone(send) {
  if (network === 'offline') throw new ApiError(0, 'The phone is offline. The desk, under Device, sets its network.');
  if (network === 'slow') await wait(SLOW_MS);
  return send();
}

/** @param {string} path @param {Record<string, string | number | undefined>} [query] */
const get = (path, query = {}) => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]));
  return request('GET', pairs.length ? `${path}?${search}` : path);
};
/** @param {string} path @param {object} body */
const post = (path, body) => request('POST', path, body);

export const api = {
  /** @param {number} [user_id] whose language and menu button count @returns {Promise<Bot[]>} */
  bots: (user_id) => get('/api/bots', { user_id }),
  /** @returns {Promise<Person[]>} */
  people: () => get('/api/users'),
  /** @param {number} id @returns {Promise<Person>} */
  person: (id) => get(`/api/users/${id}`),
  /** @param {{first_name: string, language_code?: string, is_premium?: boolean, stars?: number}} who @returns {Promise<Person>} */
  addPerson: (who) => post('/api/users', who),
  /** @param {number} id @param {{language_code?: string, is_premium?: boolean}} change @returns {Promise<Person>} */
  changePerson: (id, change) => request('PATCH', `/api/users/${id}`, change),
  /** @param {number} user_id @param {number} amount @returns {Promise<{balance: number}>} */
  addStars: (user_id, amount) => post('/api/stars', { user_id, amount }),
  /** @param {string} token @param {number} user or a group or channel @returns {Promise<import('../types.js').Chat>} */
  chat: (token, user) => get(`/api/chats/${user}`, { token }),
  /** @param {string} token @param {number} user_id @param {string} text @param {number} [chat_id] a group or channel @param {number} [reply_to_message_id] */
  say: (token, user_id, text, chat_id, reply_to_message_id) => byPhone(() => post('/api/messages', { token, user_id, text, chat_id, reply_to_message_id })),
  /** @param {string} token @param {number} user_id @param {number} message_id @param {string} data @param {number} [chat_id] a group or channel */
  callback: (token, user_id, message_id, data, chat_id) => byPhone(() => post('/api/callbacks', { token, user_id, message_id, data, chat_id })),
  /** @param {string} slug @param {number} user_id @returns {Promise<import('../types.js').Form>} */
  form: (slug, user_id) => byPhone(() => post('/api/forms', { slug, user_id })),
  /**
   * @param {{slug: string, user_id: number, form_id: string, outcome?: string, delay_ms?: number}} order
   * @returns {Promise<import('../types.js').Payment>}
   */
  pay: (order) => byPhone(() => post('/api/pay', order)),
  /** @param {string} token @param {number} user_id @param {number} message_id of paid media @param {number} [chat_id] a group or channel */
  unlock: (token, user_id, message_id, chat_id) => byPhone(() => post('/api/paid-media', { token, user_id, message_id, chat_id })),
  /** @param {object} wish @returns {Promise<{url: string, init_data: string}>} */
  launch: (wish) => byPhone(() => post('/api/launch', wish)),
  /** @param {string} query_id */
  prolong: (query_id) => post('/api/launch/prolong', { query_id }),
  /** @param {string} id @returns {Promise<import('../types.js').Prepared>} */
  prepared: (id) => byPhone(() => get(`/api/prepared-messages/${encodeURIComponent(id)}`)),
  /** @param {string} id @param {number} user_id @param {number} [chat_id] a person's without it */
  share: (id, user_id, chat_id) => byPhone(() => post(`/api/prepared-messages/${encodeURIComponent(id)}`, { user_id, chat_id })),
  /** @param {string} token @param {number} user_id @param {boolean} allow */
  writeAccess: (token, user_id, allow) => post('/api/write-access', { token, user_id, allow }),
  /** @param {string} token @param {number} user_id @param {boolean} blocked */
  block: (token, user_id, blocked) => post('/api/block', { token, user_id, blocked }),
  /** @param {string} token @param {number} user_id */
  shareContact: (token, user_id) => byPhone(() => post('/api/contacts', { token, user_id })),
  /** @param {string} token @param {number} user_id @param {string} button_text @param {string} data */
  sendData: (token, user_id, button_text, data) => byPhone(() => post('/api/web-app-data', { token, user_id, button_text, data })),
  /** @param {string} token @param {number} user_id @param {string} method @param {object} params */
  custom: (token, user_id, method, params) => byPhone(() => post('/api/custom-methods', { token, user_id, method, params })),
  /** @param {string} token @param {number} user_id @returns {Promise<import('../types.js').Subscription[]>} */
  subscriptions: (token, user_id) => get('/api/subscriptions', { token, user_id }),
  /** @param {string} token @param {string} charge_id @param {string} action */
  subscription: (token, charge_id, action) => post('/api/subscriptions', { token, charge_id, action }),
  /** @param {string} token @returns {Promise<import('../types.js').Community[]>} */
  communities: (token) => get('/api/communities', { token }),
  /** @param {object} wish @returns {Promise<{id: number}>} */
  found: (wish) => post('/api/communities', wish),
  /** @param {number} id @param {number} user_id @param {string} ruling */
  rule: (id, user_id, ruling) => post(`/api/communities/${id}/rulings`, { user_id, ruling }),
  /** @param {number} user_id @param {string} invite_link @returns {Promise<{entry: 'joined'|'requested'}>} */
  join: (user_id, invite_link) => post('/api/joins', { user_id, invite_link }),
  /** @param {number} id @param {number} user_id */
  leave: (id, user_id) => post(`/api/communities/${id}/leave`, { user_id }),
  /** @param {object} script @returns {Promise<{steps: number}>} */
  play: (script) => post('/api/script', script),
  /** @param {string} token @returns {Promise<{balance: number, transactions: object[]}>} */
  ledger: (token) => get('/api/ledger', { token }),
  /** A call of the Bot API in the bot's name. @param {string} token @param {string} method @param {object} wish */
  asBot: (token, method, wish) => post(`/bot${token}/${method}`, wish),
  /** @param {number} [after] */
  calls: (after) => get('/api/calls', { after }),
  /** @returns {Promise<import('../types.js').Time>} */
  time: () => get('/api/time'),
  /** @param {number} advance_seconds @returns {Promise<import('../types.js').Time>} */
  advance: (advance_seconds) => post('/api/clock', { advance_seconds }),
  /** @returns {Promise<import('../faults.js').Faults>} */
  faults: () => get('/api/faults'),
  /** @param {import('../faults.js').Faults} faults @returns {Promise<import('../faults.js').Faults>} */
  setFaults: (faults) => request('PUT', '/api/faults', faults),
  /** @returns {Promise<Record<string, boolean>>} */
  choices: () => get('/api/choices'),
  /** @param {object} choices */
  choose: (choices) => request('PUT', '/api/choices', choices),
  /** Where a file can be read. @param {string} file_id */
  fileUrl: (file_id) => `/api/files/${encodeURIComponent(file_id)}`,
};
