/**
 * A Mini App whose bot may answer is kept alive while it is open, and closed when that is over.
 */

import { api } from '../parts/api.js';

/** How often the window says that the app is open, ms. Source: Web K. */
const EACH_MS = 50_000;

/**
 * @param {string} initData of the launch
 * @param {() => void} over the bot has answered, or the launch is too old
 * @returns {() => void} stops it
 */
export function keepAlive(initData, over) {
  const id = new URLSearchParams(initData).get('query_id');
  if (!id) return () => {};
  const say = () => api.prolong(id).catch((error) => {
    if (error.code !== 'query_id_invalid') return;
    clearInterval(timer);
    over();
  });
  const timer = setInterval(say, EACH_MS);
  say();
  return () => clearInterval(timer);
}
