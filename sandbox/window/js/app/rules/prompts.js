/**
 * Questions that the app puts to the user through Telegram.
 */

import { api } from '../../parts/api.js';
import { ask } from '../../parts/ask.js';
import { Refusal } from '../bridge.js';
import { isWeb } from '../device.js';
import { mayPopUp, once } from '../once.js';

/** Telegram's own words for button types without a text. */
const WORDS = /** @type {Record<string, string>} */ ({ ok: 'OK', close: 'Close', cancel: 'Cancel' });

/** Bounds of a popup. Source: Mini Apps, `PopupParams`. */
const POPUP = { title: 64, message: 256, buttons: 3, id: 64, text: 64 };
/** Characters over the QR scanner. Source: Mini Apps, `ScanQrPopupParams`. */
const SCAN_TEXT = 64;

/** @param {any} data */
function checkPopup(data) {
  const buttons = data.buttons ?? [];
  if ((data.title ?? '').length > POPUP.title) throw new Refusal(`The title is longer than ${POPUP.title}.`);
  if (!data.message || data.message.length > POPUP.message) throw new Refusal(`The message needs 1 to ${POPUP.message} characters.`);
  if (buttons.length < 1 || buttons.length > POPUP.buttons) throw new Refusal(`A popup has 1 to ${POPUP.buttons} buttons.`);
  if (buttons.some((/** @type {any} */ b) => (b.id ?? '').length > POPUP.id)) throw new Refusal(`The id of a button is longer than ${POPUP.id}.`);
  if (buttons.some((/** @type {any} */ b) => !WORDS[b.type] && !(b.text && b.text.length <= POPUP.text))) {
    throw new Refusal(`A button needs a text of 1 to ${POPUP.text} characters.`);
  }
  return buttons;
}

/** @param {string} type */
const tone = (type) => (type === 'destructive' ? 'destructive' : type === 'cancel' || type === 'close' ? 'cancel' : 'default');

/** @type {Record<string, import('../bridge.js').Rule>} */
export const prompts = {
  web_app_open_popup: {
    since: '6.2',
    run: once('popup', async (host, data) => {
      const buttons = checkPopup(data);
      if (!mayPopUp(host)) return host.post('popup_closed', {});
      const { id } = await ask(host.layers, {
        title: data.title,
        text: data.message,
        choices: buttons.map((/** @type {any} */ button) => ({
          id: button.id ?? '', text: WORDS[button.type] ?? button.text, tone: tone(button.type),
        })),
      });
      host.post('popup_closed', id === null ? {} : { button_id: id });
    }),
  },
  web_app_request_write_access: {
    since: '6.9',
    run: once('write access', async (host) => {
      const { bot, user } = host.launch;
      if ((await api.chat(bot.token, user)).can_write) return host.post('write_access_requested', { status: 'allowed' });
      const { id } = await ask(host.layers, {
        title: 'Allow messages',
        text: `Allow ${bot.first_name} to send you messages?`,
        testid: 'write-access-prompt',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'allow', text: 'Allow', tone: 'primary' }],
      });
      if (id === 'allow') await api.writeAccess(bot.token, user, true);
      host.post('write_access_requested', { status: id === 'allow' ? 'allowed' : 'cancelled' });
      await host.session.loadChat();
    }),
  },
  web_app_request_phone: {
    since: '6.9',
    run: once('phone', async (host) => {
      const { id } = await ask(host.layers, {
        title: 'Share phone number',
        text: `Share your phone number with ${host.launch.bot.first_name}?`,
        testid: 'phone-prompt',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'share', text: 'Share', tone: 'primary' }],
      });
      if (id === 'share') await api.shareContact(host.launch.bot.token, host.launch.user);
      host.post('phone_requested', { status: id === 'share' ? 'sent' : 'cancelled' });
    }),
  },
  web_app_read_text_from_clipboard: {
    since: '6.4',
    async run(host, data) {
      const { id, value } = await ask(host.layers, {
        title: 'Read the clipboard',
        text: 'Telegram gives the clipboard only to apps in the attachment menu. Hand over a text as such an app would get it, or nothing.',
        testid: 'clipboard-prompt',
        field: { label: 'Clipboard' },
        choices: [{ id: 'nothing', text: 'Nothing' }, { id: 'give', text: 'Hand over', tone: 'primary' }],
      });
      host.post('clipboard_text_received', { req_id: data.req_id, ...(id === 'give' ? { data: value } : {}) });
    },
  },
  web_app_open_scan_qr_popup: {
    since: '6.4',
    run: once('scan', async (host, data) => {
      if ((data.text ?? '').length > SCAN_TEXT) throw new Refusal(`The text is longer than ${SCAN_TEXT}.`);
      /* Web clients have no camera for this and say so at once. Source: Web K. */
      if (isWeb(host.launch.platform)) return host.post('scan_qr_popup_closed', {});
      const scan = new AbortController();
      host.launch.notes.scan = scan;
      while (!scan.signal.aborted) {
        const { id, value } = await ask(host.layers, {
          title: 'Scan QR code',
          text: data.text ?? 'What does the code say?',
          testid: 'scan-prompt',
          field: { label: 'Text in the code' },
          choices: [{ id: 'close', text: 'Close' }, { id: 'scan', text: 'Scan', tone: 'primary' }],
          until: scan.signal,
        });
        if (id === 'scan') {
          host.post('qr_text_received', { data: value });
          await new Promise((done) => setTimeout(done, 150));
        } else scan.abort();
      }
      host.post('scan_qr_popup_closed', {});
    }),
  },
  web_app_close_scan_qr_popup: {
    since: '6.4',
    run(host) {
      host.launch.notes.scan?.abort();
    },
  },
};
