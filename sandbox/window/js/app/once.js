/**
 * Questions to the user, one at a time.
 */

import { Refusal } from './bridge.js';

/** Popups that an app may open within so many ms. Source: Mini Apps, web events, `web_app_open_popup`. */
const POPUPS = { count: 3, within: 3000 };

/**
 * A question that is put once at a time. Answers carry no id: one that comes while the same is
 * open has the same answer.
 * @param {string} name questions of one name exclude each other
 * @param {(host: import('./host.js').Host, data: any) => Promise<void>} put
 * @returns {(host: import('./host.js').Host, data: any) => Promise<void>}
 */
export function once(name, put) {
  return async (host, data) => {
    const { notes } = host.launch;
    if (notes[`open ${name}`]) throw new Refusal(`The same is being asked already: ${name}.`);
    notes[`open ${name}`] = true;
    try {
      await put(host, data);
    } finally {
      notes[`open ${name}`] = false;
    }
  };
}

/** Whether the app may open another popup now; counts it, too. @param {import('./host.js').Host} host */
export function mayPopUp({ launch: { notes } }) {
  const now = Date.now();
  const recent = (notes.popups ?? []).filter((/** @type {number} */ time) => now - time < POPUPS.within);
  const may = recent.length < POPUPS.count;
  notes.popups = may ? [...recent, now] : recent;
  return may;
}
