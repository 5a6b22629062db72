/**
 * Reading anew what many events may have changed: once while a reading is under way,
 * however many ask for it.
 */

import { trace } from './trace.js';

/**
 * @param {() => Promise<void>} load
 * @returns {() => void} asks for a reading
 */
export function refresher(load) {
  let busy = false;
  let again = false;
  return async function ask() {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await load().catch((error) => trace.note(`A change could not be read: ${error.message}`));
    }
    busy = false;
  };
}
