/**
 * The wire between the window and the Mini App in its frame: JSON strings both ways, as
 * `{eventType, eventData}`. The frame is known by `event.source`, as in Web K; since
 * Bot API 10.2 an app that left its first origin is not heard any more.
 */

import { atLeast } from '../parts/theme.js';
import { trace } from '../parts/trace.js';

/**
 * @typedef {{since: string, run: (host: import('./host.js').Host, data: any) => void | Promise<void>}} Rule
 */

/** What the window may tell an app of which version; all else is as old as Mini Apps. */
const TOLD_SINCE = /** @type {Record<string, string>} */ ({
  settings_button_pressed: '6.10', secondary_button_pressed: '7.10', safe_area_changed: '8.0',
  content_safe_area_changed: '8.0', fullscreen_changed: '8.0', visibility_changed: '8.0', scan_qr_popup_closed: '7.7',
});
/** From here on an app is heard from its own origin only. Source: Bot API 10.2. */
const ORIGIN_RULE = 'A Mini App is heard only from the origin it was opened at (since Bot API 10.2).';

/** An app that has loaded and says nothing for this long is worth a remark, ms. */
const SILENCE_MS = 3000;
const SILENT = 'The page said nothing to Telegram. @tma.js/sdk and @telegram-apps/sdk speak to https://web.telegram.org alone '
  + 'unless told otherwise: call setTargetOrigin(\'*\') before init(), or targetOrigin.set(\'*\') in the latter, while you develop.';

/**
 * @param {object} parts
 * @param {HTMLIFrameElement} parts.frame
 * @param {string} parts.origin
 * @param {string} parts.version protocol version of this launch
 * @param {Record<string, Rule>} parts.rules
 * @param {import('./host.js').Host} parts.host
 */
export function createBridge({ frame, origin, version, rules, host }) {
  window.addEventListener('message', receive);

  /* A page may take its time to load; one that speaks speaks soon after. */
  let silence = 0;
  frame.addEventListener('load', () => {
    silence ||= window.setTimeout(() => trace.write('app', 'nothing', null, 'unhandled', SILENT), SILENCE_MS);
  });

  /** @param {MessageEvent} event */
  function receive(event) {
    if (event.source !== frame.contentWindow) return;
    const message = parse(event.data);
    if (!message) return;
    clearTimeout(silence);
    silence = -1;
    const { eventType: name } = message;
    const data = message.eventData === '' || message.eventData == null ? {} : message.eventData;
    if (event.origin !== origin) {
      trace.write('app', name, { origin: event.origin, data }, 'refused', ORIGIN_RULE);
      return;
    }
    const rule = Object.hasOwn(rules, name) ? rules[name] : null;
    if (!rule) trace.write('app', name, data, 'unhandled', 'The sandbox does not know this event.');
    else if (!atLeast(version, rule.since)) {
      trace.write('app', name, data, 'refused', `Needs version ${rule.since}; this app was opened as ${version}.`);
    } else run(name, rule, data);
  }

  /** @param {string} name @param {Rule} rule @param {any} data */
  async function run(name, rule, data) {
    const entry = trace.write('app', name, data);
    try {
      await rule.run(host, data);
    } catch (error) {
      trace.amend(entry, error instanceof Refusal ? 'refused' : 'failed', /** @type {Error} */ (error).message);
    }
  }

  return {
    /** @param {string} eventType @param {any} [eventData] @param {boolean} [quiet] it is not recorded */
    post(eventType, eventData, quiet = false) {
      if (!atLeast(version, TOLD_SINCE[eventType] ?? '6.0')) return;
      if (!quiet) trace.write('host', eventType, eventData ?? null);
      frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), origin);
    },
    stop() {
      clearTimeout(silence);
      window.removeEventListener('message', receive);
    },
  };
}

/** Thrown by a rule when Telegram would silently drop the event; the text says why. */
export class Refusal extends Error {}

/** @param {unknown} data @returns {{eventType: string, eventData: any} | null} */
function parse(data) {
  if (typeof data !== 'string') return null;
  try {
    const message = JSON.parse(data);
    return typeof message?.eventType === 'string' ? message : null;
  } catch {
    return null;
  }
}
