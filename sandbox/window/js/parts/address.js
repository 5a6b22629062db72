/**
 * What the address of the window asks for, and what this browser remembers.
 * `/?user=1&bot=42&chat=-1001&open=1&start_param=p_x&theme=dark&platform=ios&version=9.1&frame=full&notch=1&insets=59,34,0,0&content=46&outcome=pending&network=slow&tab=faults`
 * and `app=http://…`, a Mini App that is no bot's.
 */

/** @typedef {import('../types.js').State} State */

const KEY = 'telegram-on-your-desk';
/** Settings kept between visits. */
const KEPT = /** @type {const} */ (['theme', 'platform', 'version', 'frame', 'notch', 'tab']);

const THEMES = ['day', 'dark', 'night', 'hostile'];
const FRAMES = ['phone', 'tablet', 'desktop', 'full'];
const TABS = ['person', 'groups', 'time', 'faults', 'script', 'device'];
const NETWORKS = ['good', 'slow', 'offline'];
/** Other words for the same theme, so that links read naturally. */
const ALIASES = /** @type {Record<string, string>} */ ({ light: 'day', blue: 'night', 'night-blue': 'night' });

export const PLATFORMS = [
  'ios', 'android', 'android_x', 'macos', 'tdesktop', 'weba', 'webk', 'web', 'unigram', 'unknown',
];
/** Every level at which a Mini App gained or lost something. */
export const VERSIONS = [
  '6.0', '6.1', '6.2', '6.4', '6.7', '6.9', '6.10', '7.0', '7.2', '7.6', '7.7', '7.8', '7.10',
  '8.0', '9.0', '9.1', '9.5', '9.6',
];

/** Insets of a phone with a notch, px (390 × 844 of the common size). */
const NOTCH = [47, 34, 0, 0];
/** Room of a phone's floating buttons in fullscreen, px. */
const CONTENT_TOP = 46;

/** `top,bottom,left,right` in px. @param {string | null} text @returns {import('../types.js').Insets} */
function insetsOf(text) {
  const given = (text ?? '').split(',').map(Number);
  const [top, bottom, left, right] = text && given.length === 4 && given.every((px) => px >= 0) ? given : NOTCH;
  return { top, bottom, left, right };
}

/**
 * Settings at start: the address wins over memory, memory over the defaults.
 * @returns {Pick<State, 'theme'|'platform'|'version'|'frame'|'notch'|'insets'|'contentTop'|'fullscreen'|'network'|'tab'|'outcome'>}
 */
export function startSettings() {
  const query = new URLSearchParams(location.search);
  const kept = remembered();
  /** @param {string} key @param {string[]} allowed @param {string} fallback */
  const pick = (key, allowed, fallback) => {
    const asked = query.get(key);
    const wish = (asked && (ALIASES[asked] ?? asked)) ?? kept[key];
    return allowed.includes(wish) ? wish : fallback;
  };
  const frame = /** @type {State['frame']} */ (pick('frame', FRAMES, 'phone'));
  const version = query.get('version') ?? kept.version ?? '9.6';
  const notch = query.get('notch') ?? (frame === 'full' ? '0' : kept.notch ?? '1');
  return {
    theme: /** @type {State['theme']} */ (pick('theme', THEMES, 'day')),
    platform: pick('platform', PLATFORMS, 'ios'),
    version: /^\d+\.\d+$/.test(version) ? version : '9.6',
    frame,
    notch: String(notch) === '1' || notch === true || notch === 'true',
    insets: insetsOf(query.get('insets')),
    contentTop: Number(query.get('content') ?? CONTENT_TOP) || 0,
    fullscreen: query.get('fullscreen') === '1',
    network: /** @type {State['network']} */ (pick('network', NETWORKS, 'good')),
    tab: /** @type {State['tab']} */ (pick('tab', TABS, 'person')),
    outcome: query.get('outcome') ?? 'normal',
  };
}

/** What to open at start. */
export function startWishes() {
  const query = new URLSearchParams(location.search);
  return {
    user: query.get('user') ?? remembered().user ?? null,
    bot: query.get('bot') ?? remembered().bot ?? null,
    chat: query.get('chat'),
    open: query.has('open') && query.get('open') !== '0',
    startParam: query.get('start_param') ?? undefined,
    url: query.get('app') ?? undefined,
  };
}

/** @param {State} state */
export function remember(state) {
  const kept = Object.fromEntries(KEPT.map((key) => [key, state[key]]));
  /** A test that fills the window must not change what a later visit sees. */
  if (state.frame === 'full') delete kept.frame;
  const all = { ...kept, user: state.person?.id, bot: state.bot?.id };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    /* Storage may be closed to us; then the next visit starts with the defaults. */
  }
}

/** @returns {Record<string, any>} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}
