/**
 * The colours of each theme, as Telegram hands them to a Mini App.
 *
 * Shaped after Telegram's own day, dark and night themes, with accents deep enough for
 * 4.5:1, so that a complaint about contrast points at the app and never at the sandbox.
 * `hostile` is the theme that some user surely has: yellow on white, no steps between
 * grounds. It reaches the app and its native buttons, never the window's own controls.
 */

/** @typedef {import('../types.js').ThemeParams} ThemeParams */
/** @typedef {import('../types.js').ThemeName} ThemeName */

/** @type {Record<ThemeName, ThemeParams>} */
const THEMES = {
  day: {
    bg_color: '#ffffff', text_color: '#000000', hint_color: '#686d74', link_color: '#1a6fc0',
    button_color: '#1f74c7', button_text_color: '#ffffff', secondary_bg_color: '#f1f1f4',
    header_bg_color: '#ffffff', accent_text_color: '#1a6fc0', section_bg_color: '#ffffff',
    section_header_text_color: '#5d636b', subtitle_text_color: '#686d74',
    destructive_text_color: '#c9302a', section_separator_color: '#dcdce1',
    bottom_bar_bg_color: '#f1f1f4',
  },
  dark: {
    bg_color: '#1c1c1e', text_color: '#ffffff', hint_color: '#98989f', link_color: '#6cb0f5',
    button_color: '#2d72d0', button_text_color: '#ffffff', secondary_bg_color: '#000000',
    header_bg_color: '#1c1c1e', accent_text_color: '#6cb0f5', section_bg_color: '#1c1c1e',
    section_header_text_color: '#98989f', subtitle_text_color: '#98989f',
    destructive_text_color: '#ff6961', section_separator_color: '#3a3a3d',
    bottom_bar_bg_color: '#000000',
  },
  night: {
    bg_color: '#17212b', text_color: '#f5f5f5', hint_color: '#8a9dae', link_color: '#6ab3f3',
    button_color: '#2f74b5', button_text_color: '#ffffff', secondary_bg_color: '#0e1621',
    header_bg_color: '#17212b', accent_text_color: '#6ab3f3', section_bg_color: '#17212b',
    section_header_text_color: '#6ab3f3', subtitle_text_color: '#8a9dae',
    destructive_text_color: '#ff7a78', section_separator_color: '#101921',
    bottom_bar_bg_color: '#17212b',
  },
  hostile: {
    bg_color: '#ffffff', text_color: '#ffe600', hint_color: '#fff2a0', link_color: '#ffe600',
    button_color: '#ffe600', button_text_color: '#ffffff', secondary_bg_color: '#ffffff',
    header_bg_color: '#ffffff', accent_text_color: '#ffe600', section_bg_color: '#ffffff',
    section_header_text_color: '#fff2a0', subtitle_text_color: '#fff2a0',
    destructive_text_color: '#ffe600', section_separator_color: '#ffffff',
    bottom_bar_bg_color: '#ffffff',
  },
};

/** Name and sample of each theme, in the order of the desk. */
export const THEME_NAMES = /** @type {[ThemeName, string][]} */ ([
  ['day', 'Day'], ['dark', 'Dark'], ['night', 'Night blue'], ['hostile', 'Hostile'],
]);

/** Keys that came after 6.0; an older client does not send them. */
const SINCE = /** @type {Record<string, string>} */ ({
  secondary_bg_color: '6.1',
  header_bg_color: '7.0', accent_text_color: '7.0', section_bg_color: '7.0',
  section_header_text_color: '7.0', subtitle_text_color: '7.0', destructive_text_color: '7.0',
  section_separator_color: '7.6', bottom_bar_bg_color: '7.10',
});

/**
 * The theme as a client of `version` would send it.
 * @param {ThemeName} name
 * @param {string} version
 * @returns {ThemeParams}
 */
export function themeParams(name, version) {
  return Object.fromEntries(
    Object.entries(THEMES[name]).filter(([key]) => atLeast(version, SINCE[key] ?? '6.0')),
  );
}

/**
 * Compares versions by their parts: 6.10 comes after 6.9.
 * @param {string} version
 * @param {string} floor
 */
export function atLeast(version, floor) {
  const [have, need] = [version, floor].map((text) => text.split('.').map(Number));
  return have[0] !== need[0] ? have[0] > need[0] : (have[1] ?? 0) >= (need[1] ?? 0);
}

/** @param {unknown} text @returns {text is string} */
export const isColour = (text) => typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text);

/**
 * Black or white, whichever can be read on `ground` (relative luminance of WCAG 2).
 * @param {string} ground #rrggbb
 */
export function inkOn(ground) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(ground.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
