/**
 * Colours of head, ground and foot: a key follows the theme, a colour stays.
 */

import { isColour, themeParams } from '../parts/theme.js';

/** @param {import('./host.js').Host} host */
export function paint(host) {
  const theme = themeParams(host.store.state.theme, '9.6');
  /** @param {string} colour */
  const real = (colour) => (isColour(colour) ? colour : theme[colour] ?? theme.bg_color);
  const { header, ground, foot } = host.launch.colours;
  host.head.setColour(real(header));
  host.foot.setColour(real(foot));
  host.sheet.style.setProperty('--app-ground', real(ground));
}
