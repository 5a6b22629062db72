/**
 * How the app dresses the window around it: colours, buttons, haptics.
 */

import { atLeast, isColour } from '../../parts/theme.js';
import { trace } from '../../parts/trace.js';
import { Refusal } from '../bridge.js';
import { paint } from '../colour.js';

/** @param {unknown} colour */
function checked(colour) {
  if (isColour(colour) || colour === 'bg_color' || colour === 'secondary_bg_color' || colour === 'bottom_bar_bg_color') {
    return colour;
  }
  throw new Refusal('Not a colour: #rrggbb or a key of the theme is needed.');
}

/** Keys of the theme that a header takes. Source: Mini Apps, `setHeaderColor`. */
const HEADER_KEYS = ['bg_color', 'secondary_bg_color'];
/** From here on a header takes any colour. Source: Mini Apps, `setHeaderColor`. */
const HEADER_COLOUR_SINCE = '6.9';

/** @param {string} version @param {any} data */
function headerColour(version, { color_key, color }) {
  if (HEADER_KEYS.includes(color_key)) return color_key;
  if (color_key !== undefined || !isColour(color)) throw new Refusal(`Not a colour for a header: #rrggbb, or one of ${HEADER_KEYS.join(', ')} is needed.`);
  if (!atLeast(version, HEADER_COLOUR_SINCE)) throw new Refusal(`A header of a colour of its own needs version ${HEADER_COLOUR_SINCE}.`);
  return color;
}

/** From here on a main button shines. Source: Mini Apps, `has_shine_effect`. */
const SHINE_SINCE = '7.10';

/** Kinds of haptic feedback that Telegram knows. */
const HAPTICS = /** @type {Record<string, [string, string[]]>} */ ({
  impact: ['impact_style', ['light', 'medium', 'heavy', 'rigid', 'soft']],
  notification: ['notification_type', ['error', 'success', 'warning']],
});

/** @type {Record<string, import('../bridge.js').Rule>} */
export const dress = {
  web_app_set_header_color: {
    since: '6.1',
    run(host, data) {
      host.launch.colours.header = headerColour(host.launch.version, data);
      paint(host);
    },
  },
  web_app_set_background_color: {
    since: '6.1',
    run(host, data) {
      host.launch.colours.ground = checked(data.color);
      paint(host);
    },
  },
  web_app_set_bottom_bar_color: {
    since: '7.10',
    run(host, data) {
      host.launch.colours.foot = checked(data.color);
      paint(host);
    },
  },
  web_app_setup_main_button: {
    since: '6.0',
    run(host, data) {
      const { has_shine_effect: _, ...plain } = data;
      host.foot.setMain(atLeast(host.launch.version, SHINE_SINCE) ? data : plain);
    },
  },
  web_app_setup_secondary_button: { since: '7.10', run: (host, data) => host.foot.setSecondary(data) },
  web_app_setup_back_button: { since: '6.1', run: (host, data) => host.head.setBack(Boolean(data.is_visible)) },
  web_app_setup_settings_button: { since: '6.10', run: (host, data) => host.head.setSettings(Boolean(data.is_visible)) },
  web_app_trigger_haptic_feedback: {
    since: '6.1',
    run(host, data) {
      const [field, styles] = HAPTICS[data.type] ?? [];
      if (data.type !== 'selection_change' && !(field && styles?.includes(data[field]))) {
        throw new Refusal('Not a kind of haptic feedback.');
      }
      trace.haptic(field ? `${data.type} · ${data[field]}` : 'selection change');
    },
  },
};
