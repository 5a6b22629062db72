/**
 * Coming, going, and what the app is told about its place.
 */

import { api } from '../../parts/api.js';
import { themeParams } from '../../parts/theme.js';
import { Refusal } from '../bridge.js';
import { isPhone } from '../device.js';

/** Bytes of data that a keyboard app may send. Source: Mini Apps, `sendData`. */
const DATA_BYTES = 4096;

/** @type {Record<string, import('../bridge.js').Rule>} */
export const life = {
  iframe_ready: {
    since: '6.0',
    run(host, data) {
      host.launch.reloadSupported = Boolean(data.reload_supported);
    },
  },
  iframe_will_reload: {
    since: '6.0',
    run(host) {
      clearTimeout(host.launch.reloading);
      host.launch.reloading = 0;
    },
  },
  web_app_ready: { since: '6.0', run: (host) => host.ready() },
  web_app_close: { since: '6.0', run: (host) => host.close() },
  web_app_expand: { since: '6.0', run: (host) => host.view.setExpanded(true) },
  web_app_request_theme: {
    since: '6.0',
    run(host) {
      host.post('theme_changed', { theme_params: themeParams(host.store.state.theme, host.launch.version) });
    },
  },
  web_app_request_viewport: {
    since: '6.0',
    run(host) {
      host.view.sendViewport(true);
      /* The script keeps "fullscreen" for the tab; a new launch outside it must say so. */
      if (host.launch.notes.wasFullscreen && !host.view.isFullscreen()) {
        host.launch.notes.wasFullscreen = false;
        host.post('fullscreen_changed', { is_fullscreen: false });
      }
    },
  },
  web_app_request_safe_area: { since: '8.0', run: (host) => host.view.sendSafeArea() },
  web_app_request_content_safe_area: { since: '8.0', run: (host) => host.view.sendContentSafeArea() },
  web_app_request_fullscreen: {
    since: '8.0',
    run(host) {
      if (host.view.isFullscreen()) return host.post('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' });
      host.view.setFullscreen(true);
      host.post('fullscreen_changed', { is_fullscreen: true });
    },
  },
  web_app_exit_fullscreen: {
    since: '8.0',
    run(host) {
      host.view.setFullscreen(false);
      host.post('fullscreen_changed', { is_fullscreen: false });
    },
  },
  web_app_setup_closing_behavior: {
    since: '6.0',
    run(host, data) {
      host.launch.askBeforeClosing = Boolean(data.need_confirmation);
    },
  },
  web_app_setup_swipe_behavior: {
    since: '7.7',
    run(host, data) {
      host.launch.swipes = data.allow_vertical_swipe !== false;
    },
  },
  web_app_toggle_orientation_lock: {
    since: '8.0',
    run({ store, launch }, data) {
      if (!isPhone(launch.platform)) throw new Refusal('Only phones are turned.');
      const { sideways, locked } = store.state;
      store.set({ locked: data.locked ? locked ?? sideways : null });
    },
  },
  web_app_hide_keyboard: { since: '9.1', run: () => {} },
  web_app_data_send: {
    since: '6.0',
    async run(host, data) {
      if (host.launch.from !== 'keyboard_button') {
        throw new Refusal('Only an app opened from a keyboard button may send data.');
      }
      if (new TextEncoder().encode(String(data.data)).length > DATA_BYTES) {
        throw new Refusal(`More than ${DATA_BYTES} bytes.`);
      }
      const { bot, user, button = '' } = host.launch;
      host.close();
      await api.sendData(bot.token, user, button, String(data.data)).catch((error) => host.toast(error.message, 'alert'));
    },
  },
};
