/**
 * The Mini App on the phone: a sheet with Telegram's head and foot around the frame.
 */

import { api } from '../parts/api.js';
import { ask } from '../parts/ask.js';
import { avatar } from '../parts/avatar.js';
import { calm, fill, h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { themeParams } from '../parts/theme.js';
import { trace } from '../parts/trace.js';
import { createBridge } from './bridge.js';
import { paint } from './colour.js';
import { isPhone } from './device.js';
import { createFoot } from './foot.js';
import { pull } from './grip.js';
import { createHead } from './head.js';
import { RULES } from './rules/index.js';
import { createView } from './view.js';

/** Web K's own sandbox and permissions: no downloads, no top navigation. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-storage-access-by-user-activation';
const ALLOW = 'camera; microphone; geolocation; accelerometer; gyroscope; magnetometer; device-orientation; clipboard-write;';
/** An app that does not say it will reload is reloaded by force. Source: Web K. */
const RELOAD_MS = 300;
/** Where launches come from, in the words of the sandbox. */
const ORIGINS = /** @type {Record<string, string>} */ ({
  menu_button: 'menu', inline_button: 'button', keyboard_button: 'button', direct_link: 'link',
});
/** Length of the sheet's way out, ms; see app.css. */
const LEAVE_MS = 220;

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../session.js').Session} parts.session
 * @param {import('../parts/layers.js').Layers} parts.layers
 * @param {import('../parts/toast.js').Toast} parts.toast
 * @param {import('./host.js').Go} parts.go
 */
export function createApp({ store, session, layers, toast, go }) {
  /** @type {{frame: HTMLIFrameElement, bridge: ReturnType<typeof createBridge>, url: string} | null} */
  let page = null;
  let minimised = false;
  let wasFullscreen = false;
  /** Focus goes back here when the app closes. @type {HTMLElement | null} */
  let before = null;

  const splash = h('div.splash', { 'aria-hidden': 'true' });
  const body = h('div.app-body', {}, splash);
  const sheet = h('section.app', {
    'aria-label': 'Mini App', hidden: true, tabindex: '-1',
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && askAndClose(),
  });
  const bar = h('div.app-bar', { hidden: true });
  /** @param {string} name @param {any} [data] */
  const post = (name, data) => page?.bridge.post(name, data);
  const head = createHead({
    layers,
    back: () => post('back_button_pressed'),
    settings: () => post('settings_button_pressed'),
    close: askAndClose,
    minimise,
    reload,
    toChat: minimise,
    toDesk: () => go.toDesk(),
  });
  const foot = createFoot((which) => post(`${which}_button_pressed`), () => view?.areasMoved());
  const view = createView({ sheet, store, frame: () => page?.frame ?? null, footVisible: foot.visible, post });
  sheet.append(head.element, body, foot.element);
  pull(head.element, sheet, { up: () => view.setExpanded(true), down: askAndClose });

  /** @type {import('./host.js').Host} */
  const host = {
    store, session, layers, toast, go, post, view, head, foot, sheet,
    launch: /** @type {any} */ (null),
    close,
    ready: () => splash.classList.add('gone'),
  };

  /** @param {{url?: string, from: string, startParam?: string, fullscreen?: boolean}} wish */
  async function launch(wish) {
    const { bot, person, platform, version, theme } = store.state;
    if (!bot || !person) return;
    drop();
    try {
      const { url } = await api.launch({
        token: bot.token, user_id: person.id, start_param: wish.startParam, platform, version,
        url: wish.url, theme_params: themeParams(theme, version), fullscreen: wish.fullscreen,
        from: ORIGINS[wish.from],
      });
      begin(url, wish, bot, person.id);
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'alert', 'The Mini App did not open');
    }
  }

  /**
   * @param {string} url
   * @param {{from: string, fullscreen?: boolean}} wish
   * @param {import('../types.js').Bot} bot
   * @param {number} user
   */
  function begin(url, wish, bot, user) {
    drop();
    const { frame: device, platform, version } = store.state;
    host.launch = {
      bot, user, from: wish.from, version, platform,
      askBeforeClosing: false, reloadSupported: false, contactShared: false, reloading: 0,
      colours: { header: 'bg_color', ground: 'bg_color', foot: 'bottom_bar_bg_color' },
      notes: { wasFullscreen },
    };
    sheet.setAttribute('aria-label', `Mini App ${bot.first_name}`);
    head.setTitle(bot.first_name);
    head.setBack(false);
    head.setSettings(false);
    foot.clear();
    fill(splash, avatar(bot, 80));
    splash.classList.remove('gone');
    show();
    paint(host);
    const expanded = device === 'full' || device === 'desktop' || !isPhone(platform);
    page = mount(url, bot);
    view.begin(page.frame, { expanded, fullscreen: Boolean(wish.fullscreen) });
  }

  /** @param {string} url @param {import('../types.js').Bot} bot */
  function mount(url, bot) {
    const frame = /** @type {HTMLIFrameElement} */ (
      h('iframe', {
        testid: 'app-frame', title: `Mini App of ${bot.first_name}`, sandbox: SANDBOX, allow: ALLOW,
        allowfullscreen: true, src: url, onload: host.ready,
      })
    );
    body.append(frame);
    const bridge = createBridge({ frame, origin: new URL(url).origin, version: host.launch.version, rules: RULES, host });
    trace.note(`Opened ${url.split('#')[0]}`);
    return { frame, bridge, url };
  }

  function show() {
    minimised = false;
    bar.hidden = true;
    sheet.hidden = false;
    sheet.classList.remove('leaving', 'minimised');
    if (!sheet.contains(document.activeElement)) before = /** @type {HTMLElement} */ (document.activeElement);
    layers.settle();
    sheet.focus({ preventScroll: true });
  }

  /** After the app left or went aside, the chat has the focus again. */
  function giveBack() {
    layers.settle();
    if (before?.isConnected && !before.closest('[inert]')) before.focus({ preventScroll: true });
  }

  /** Takes the page away at once. */
  function drop() {
    if (!page) return;
    wasFullscreen = view.isFullscreen();
    view.end();
    page.bridge.stop();
    page.frame.remove();
    page = null;
  }

  /** Closes without asking, as the app itself may. */
  function close() {
    if (!page) return;
    const leaving = page;
    const full = view.isFullscreen();
    layers.clear();
    bar.hidden = true;
    sheet.classList.add('leaving');
    setTimeout(() => {
      if (page !== leaving) return;
      drop();
      sheet.hidden = true;
      sheet.classList.remove('leaving', 'minimised');
      wasFullscreen = full;
      giveBack();
    }, calm() ? 0 : LEAVE_MS);
  }

  /** Closes as the user may: the app can have asked for a question first. */
  async function askAndClose() {
    if (!page) return;
    if (!host.launch.askBeforeClosing) return close();
    const { id } = await ask(layers, {
      text: 'Changes that you made may not be saved.',
      testid: 'close-confirm',
      choices: [
        { id: 'cancel', text: 'Cancel', tone: 'cancel' },
        { id: 'close', text: 'Close anyway', tone: 'destructive' },
      ],
    });
    if (id === 'close') close();
  }

  function minimise() {
    if (!page) return;
    minimised = true;
    sheet.classList.add('minimised');
    const { bot } = host.launch;
    fill(
      bar,
      h('button.app-bar-open', { testid: 'restore-app', onclick: restore }, avatar(bot, 28), h('span', { dir: 'auto' }, bot.first_name)),
      h('button.round', { 'aria-label': 'Close Mini App', onclick: askAndClose }, icon('close', 20)),
    );
    bar.hidden = false;
    visible(false);
    giveBack();
  }

  function restore() {
    show();
    visible(true);
  }

  /** @param {boolean} is_visible */
  function visible(is_visible) {
    post('visibility_changed', { is_visible });
  }

  function reload() {
    if (!page) return;
    const { frame, url } = page;
    const again = () => {
      if (page?.frame !== frame) return;
      const { bot } = host.launch;
      page.bridge.stop();
      frame.remove();
      page = mount(url, bot);
      view.begin(page.frame, { expanded: view.isExpanded(), fullscreen: view.isFullscreen() });
    };
    if (!host.launch.reloadSupported) return again();
    host.launch.reloading = window.setTimeout(again, RELOAD_MS);
    post('reload_iframe');
  }

  store.watch(['theme'], ({ theme }) => {
    if (!page) return;
    paint(host);
    post('theme_changed', { theme_params: themeParams(theme, host.launch.version) });
  });
  store.watch(['bot', 'person'], () => {
    if (page && (store.state.bot?.id !== host.launch.bot.id || store.state.person?.id !== host.launch.user)) close();
  });
  document.addEventListener('visibilitychange', () => visible(!document.hidden && !minimised));

  return {
    sheet,
    bar,
    launch,
    /** Whether the app covers the chat. */
    covers: () => !sheet.hidden && !minimised,
    minimise,
    isOpen: () => page !== null,
  };
}

/** @typedef {ReturnType<typeof createApp>} App */
