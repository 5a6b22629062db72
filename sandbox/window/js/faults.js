/**
 * What is set to go wrong, as the sandbox keeps it. The window changes single faults and
 * leaves alone what it does not know.
 */

import { api } from './parts/api.js';
import { trace } from './parts/trace.js';

/**
 * One fault: `method` or `kind` says what it hits, the rest what happens; see `PUT /api/faults`.
 * @typedef {Record<string, any> & {bot_id?: number, count?: number, delay_ms?: number}} Fault
 * @typedef {{outage: boolean, delay_ms: number}} WebhookFault
 * @typedef {{methods: Fault[], updates: Fault[], payments: Fault[], webhook: WebhookFault} & Record<string, any>} Faults
 */

/** @type {Faults} */
export const NO_FAULTS = { methods: [], updates: [], payments: [], webhook: { outage: false, delay_ms: 0 } };

/** Counts go down as things happen; this long after, they are read anew, ms. */
const SETTLE_MS = 300;

export class FaultBook {
  #store;
  #timer = 0;

  /**
   * @param {import('./parts/store.js').Store} store
   * @param {import('./session.js').Session} session
   */
  constructor(store, session) {
    this.#store = store;
    session.onEvent(() => this.#soon());
    /* Scripts and tests set faults too, and nothing tells of that. */
    store.watch(['tab', 'line'], () => this.#soon());
    window.addEventListener('focus', () => this.#soon());
  }

  /** @param {string} part such as `methods` @param {Fault} fault */
  add = (part, fault) => this.#change((faults) => { (faults[part] ??= []).push(fault); });

  /** @param {string} part @param {Fault} fault as it was shown */
  remove = (part, fault) => this.#change((faults) => {
    const at = faults[part].findIndex((/** @type {Fault} */ one) => same(one, fault));
    if (at >= 0) faults[part].splice(at, 1);
  });

  /** @param {Partial<WebhookFault>} change */
  webhook = (change) => this.#change((faults) => { Object.assign(faults.webhook, change); });

  clear = async () => {
    this.#store.set({ faults: await api.setFaults(structuredClone(NO_FAULTS)) });
  };

  load = async () => {
    const faults = await api.faults();
    if (JSON.stringify(faults) !== JSON.stringify(this.#store.state.faults)) this.#store.set({ faults });
  };

  /** On fresh counts: what was used up meanwhile must not come back. @param {(faults: Faults) => void} edit */
  async #change(edit) {
    const faults = await api.faults();
    edit(faults);
    this.#store.set({ faults: await api.setFaults(faults) });
  }

  #soon() {
    if (this.#timer) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.load().catch((error) => trace.note(`The faults could not be read: ${error.message}`));
    }, SETTLE_MS);
  }
}

/** Whether two are the same fault, whatever is left of their counts. @param {Fault} one @param {Fault} other */
function same(one, other) {
  const [a, b] = [one, other].map((fault) => JSON.stringify({ ...fault, count: fault.count === undefined }));
  return a === b;
}

/** All single faults with the part that they belong to. @param {Faults} faults @returns {[string, Fault][]} */
export const listed = (faults) =>
  Object.entries(faults).flatMap(([part, list]) => (Array.isArray(list) ? list.map((fault) => /** @type {[string, Fault]} */ ([part, fault])) : []));

/** How many things can still go wrong. @param {Faults} faults */
export const pendingFaults = (faults) =>
  listed(faults).filter(([, fault]) => fault.count !== 0).length
  + Number(faults.webhook.outage) + Number(faults.webhook.delay_ms > 0);
