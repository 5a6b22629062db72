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
import { keepAlive } from './alive.js';
import { paint } from './colour.js';
import { isPhone } from './device.js';
import { createFoot } from './foot.js';
import { pull } from './grip.js';
import { createHead } from './head.js';
import { RULES } from './rules/index.js';
import { stopSensors } from './rules/motion.js';
import { View } from './view.js';

/** Web K's own sandbox and permissions: no downloads, no top navigation. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-storage-access-by-user-activation';
const ALLOW = 'camera; microphone; geolocation; accelerometer; gyroscope; magnetometer; device-orientation; clipboard-write;';
/** An app that does not say it will reload is reloaded by force. Source: Web K. */
const RELOAD_MS = 300;
/** Where launches come from, in the words of the sandbox. */
const ORIGINS = /** @type {Record<string, string>} */ ({
  menu_button: 'menu', inline_button: 'button', keyboard_button: 'keyboard', direct_link: 'link',
});
/** Length of the sheet's way out, ms; see app.css. */
const LEAVE_MS = 220;

/** @typedef {{url?: string, from: string, button?: string, startParam?: string, fullscreen?: boolean}} Wish */

export class App {
  bar = h('div.app-bar', { hidden: true });
  /** @type {{frame: HTMLIFrameElement, bridge: ReturnType<typeof createBridge>, url: string} | null} */
  #page = null;
  #minimised = false;
  /** How the last app was left: its script remembers it for the tab. */
  #wasFullscreen = false;
  /** Stops keeping the app's launch alive. */
  #rest = () => {};
  /** Focus goes back here when the app closes. @type {HTMLElement | null} */
  #before = null;
  #splash = h('div.splash', { 'aria-hidden': 'true' });
  #body = h('div.app-body', {}, this.#splash);
  /** @type {import('./host.js').Host} */
  #host;

  /** @param {Pick<import('./host.js').Host, 'store'|'session'|'layers'|'toast'|'go'>} parts */
  constructor(parts) {
    this.sheet = h('section.app', {
      'aria-label': 'Mini App', hidden: true, tabindex: '-1',
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && this.#askAndClose(),
    });
    const head = this.#makeHead(parts);
    const foot = createFoot((which) => this.#post(`${which}_button_pressed`), () => this.#host?.view.areasMoved());
    const view = new View({
      sheet: this.sheet, store: parts.store, footVisible: foot.visible,
      frame: () => this.#page?.frame ?? null, post: (name, data) => this.#post(name, data),
    });
    this.#host = {
      ...parts, view, head, foot, sheet: this.sheet,
      launch: /** @type {any} */ (null),
      post: (name, data, quiet) => this.#post(name, data, quiet),
      close: () => this.#close(),
      ready: () => this.#splash.classList.add('gone'),
    };
    this.sheet.append(head.element, this.#body, foot.element);
    pull(head.element, this.sheet, { up: () => view.setExpanded(true), down: () => this.#askAndClose() });
    this.#follow(parts.store);
  }

  /** Whether the app covers the chat. */
  covers() {
    return !this.sheet.hidden && !this.#minimised;
  }

  /** @param {Wish} wish */
  launch = async (wish) => {
    const { store, toast } = this.#host;
    const { bot, person, platform, version, theme } = store.state;
    if (!bot || !person) return;
    this.#drop();
    try {
      const { url, init_data: data } = await api.launch({
        token: bot.token, user_id: person.id, start_param: wish.startParam, platform, version,
        url: wish.url, theme_params: themeParams(theme, version), fullscreen: wish.fullscreen,
        from: ORIGINS[wish.from],
      });
      this.#begin(url, wish, bot, person.id);
      this.#rest = keepAlive(data, () => this.#over());
    } catch (error) {
      this.#hide();
      toast(/** @type {Error} */ (error).message, 'alert', 'The Mini App did not open');
    }
  };

  /** Puts the app aside; it lives on under the bar. */
  minimise = () => {
    if (!this.#page) return;
    const { bot } = this.#host.launch;
    this.#minimised = true;
    this.sheet.classList.add('minimised');
    fill(
      this.bar,
      h('button.app-bar-open', { testid: 'restore-app', onclick: () => this.#restore() },
        avatar(bot, 28), h('span', { dir: 'auto' }, bot.first_name)),
      h('button.round', { 'aria-label': 'Close Mini App', onclick: () => this.#askAndClose() }, icon('close', 20)),
    );
    this.bar.hidden = false;
    this.#visible(false);
    this.#giveBack();
  };

  /** A swipe down over the page, which the app can have turned off; pulling the head always works. */
  swipe = () => {
    if (!this.covers()) return;
    const { launch, toast } = this.#host;
    if (!launch.swipes) return toast('The Mini App has turned vertical swipes off.', 'phone', 'Nothing happens');
    this.#askAndClose();
  };

  /** @param {Pick<import('./host.js').Host, 'layers'|'go'>} parts */
  #makeHead({ layers, go }) {
    return createHead({
      layers,
      back: () => this.#post('back_button_pressed'),
      settings: () => this.#post('settings_button_pressed'),
      close: () => this.#askAndClose(),
      minimise: this.minimise,
      reload: () => this.#reload(),
      toChat: this.minimise,
      toDesk: () => go.toDesk(),
    });
  }

  /** Keeps the app in step with the desk. @param {import('../parts/store.js').Store} store */
  #follow(store) {
    store.watch(['theme'], ({ theme }) => {
      if (!this.#page) return;
      paint(this.#host);
      this.#post('theme_changed', { theme_params: themeParams(theme, this.#host.launch.version) });
    });
    store.watch(['bot', 'person'], ({ bot, person }) => {
      if (!this.#page) return;
      const { launch } = this.#host;
      if (bot?.id !== launch.bot.id || person?.id !== launch.user) this.#close();
    });
    document.addEventListener('visibilitychange', () => this.#visible(!document.hidden && !this.#minimised));
  }

  /** @param {string} name @param {any} [data] @param {boolean} [quiet] it is not recorded */
  #post(name, data, quiet) {
    this.#page?.bridge.post(name, data, quiet);
  }

  /** @param {string} url @param {Wish} wish @param {import('../types.js').Bot} bot @param {number} user */
  #begin(url, wish, bot, user) {
    this.#drop();
    const host = this.#host;
    const { frame: device, platform, version } = host.store.state;
    host.launch = {
      bot, user, from: wish.from, button: wish.button, version, platform,
      askBeforeClosing: false, swipes: true, reloadSupported: false, reloading: 0,
      colours: { header: 'bg_color', ground: 'bg_color', foot: 'bottom_bar_bg_color' },
      notes: { wasFullscreen: this.#wasFullscreen },
    };
    this.sheet.setAttribute('aria-label', `Mini App ${bot.first_name}`);
    host.head.setTitle(bot.first_name);
    host.head.setBack(false);
    host.head.setSettings(false);
    host.foot.clear();
    fill(this.#splash, avatar(bot, 80));
    this.#splash.classList.remove('gone');
    this.#show();
    paint(host);
    const expanded = device === 'full' || device === 'desktop' || !isPhone(platform);
    this.#mount(url);
    if (this.#page) host.view.begin(this.#page.frame, { expanded, fullscreen: Boolean(wish.fullscreen) });
  }

  /** @param {string} url */
  #mount(url) {
    const host = this.#host;
    const frame = /** @type {HTMLIFrameElement} */ (
      h('iframe', {
        testid: 'app-frame', title: `Mini App of ${host.launch.bot.first_name}`, sandbox: SANDBOX, allow: ALLOW,
        allowfullscreen: true, src: url, onload: host.ready,
      })
    );
    this.#body.append(frame);
    const bridge = createBridge({ frame, origin: new URL(url).origin, version: host.launch.version, rules: RULES, host });
    trace.note(`Opened ${url.split('#')[0]}`);
    this.#page = { frame, bridge, url };
  }

  #show() {
    this.#minimised = false;
    this.bar.hidden = true;
    this.sheet.hidden = false;
    this.sheet.classList.remove('leaving', 'minimised');
    if (!this.sheet.contains(document.activeElement)) this.#before = /** @type {HTMLElement} */ (document.activeElement);
    this.#host.layers.settle();
    this.sheet.focus({ preventScroll: true });
  }

  #hide() {
    this.sheet.hidden = true;
    this.bar.hidden = true;
    this.sheet.classList.remove('leaving', 'minimised');
    this.#giveBack();
  }

  /** The app left or went aside: the chat has the focus again. */
  #giveBack() {
    this.#host.layers.settle();
    if (this.#before?.isConnected && !this.#before.closest('[inert]')) this.#before.focus({ preventScroll: true });
  }

  /** Takes the page away at once. */
  #drop() {
    if (!this.#page) return;
    this.#rest();
    this.#wasFullscreen = this.#host.view.isFullscreen();
    this.#host.view.end();
    stopSensors(this.#host);
    this.#page.bridge.stop();
    this.#page.frame.remove();
    this.#page = null;
    this.#host.store.set({ locked: null });
  }

  /** Closes without asking, as the app itself may. */
  #close() {
    const leaving = this.#page;
    if (!leaving) return;
    this.#host.layers.clear();
    this.bar.hidden = true;
    this.sheet.classList.add('leaving');
    setTimeout(() => {
      if (this.#page !== leaving) return;
      this.#drop();
      this.#hide();
    }, calm() ? 0 : LEAVE_MS);
  }

  /** Telegram takes the launch for over, and so the app closes. */
  #over() {
    this.#close();
    this.#host.toast('The bot has answered, or the launch is too old (QUERY_ID_INVALID).', 'phone', 'The Mini App was closed');
  }

  /** Closes as the user may: the app can have asked for a question first. */
  async #askAndClose() {
    if (!this.#page) return;
    const { launch, layers } = this.#host;
    if (!launch.askBeforeClosing) return this.#close();
    const { id } = await ask(layers, {
      text: 'Changes that you made may not be saved.',
      testid: 'close-confirm',
      choices: [
        { id: 'cancel', text: 'Cancel', tone: 'cancel' },
        { id: 'close', text: 'Close anyway', tone: 'destructive' },
      ],
    });
    if (id === 'close') this.#close();
  }

  #restore() {
    this.#show();
    this.#visible(true);
  }

  /** @param {boolean} is_visible */
  #visible(is_visible) {
    this.#post('visibility_changed', { is_visible });
  }

  #reload() {
    const page = this.#page;
    if (!page) return;
    const { launch, view } = this.#host;
    const again = () => {
      if (this.#page !== page) return;
      page.bridge.stop();
      page.frame.remove();
      this.#mount(page.url);
      const start = { expanded: view.isExpanded(), fullscreen: view.isFullscreen() };
      if (this.#page) view.begin(this.#page.frame, start);
    };
    if (!launch.reloadSupported) return again();
    launch.reloading = window.setTimeout(again, RELOAD_MS);
    this.#post('reload_iframe');
  }
}
