/**
 * Ways out of the app: links, invoices, sharing, files.
 */

import { saveAs } from '../../chat/media.js';
import { ask } from '../../parts/ask.js';
import { trace } from '../../parts/trace.js';
import { Refusal } from '../bridge.js';
import { once } from '../once.js';

/** @type {Record<string, import('../bridge.js').Rule>} */
export const links = {
  web_app_open_link: {
    since: '6.0',
    run(host, data) {
      const url = URL.canParse(data.url) ? new URL(data.url) : null;
      if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Refusal('Only http and https links are opened.');
      host.go.follow(url.href);
    },
  },
  web_app_open_tg_link: {
    since: '6.1',
    run(host, data) {
      if (typeof data.path_full !== 'string' || !data.path_full.startsWith('/')) throw new Refusal('A path is needed.');
      host.go.follow(`https://t.me${data.path_full}`);
    },
  },
  web_app_open_invoice: {
    since: '6.1',
    run(host, data) {
      const slug = String(data.slug ?? '');
      if (!slug) throw new Refusal('A slug is needed.');
      host.go.pay(slug, (status) => host.post('invoice_closed', { slug, status }));
    },
  },
  web_app_switch_inline_query: {
    since: '6.7',
    run(host, data) {
      const { bot } = host.launch;
      host.close();
      host.go.draft(`@${bot.username} ${data.query ?? ''}`);
    },
  },
  web_app_share_to_story: {
    since: '7.8',
    async run(host, data) {
      if (!URL.canParse(data.media_url)) throw new Refusal('A media address is needed.');
      const extra = document.createElement('img');
      extra.src = data.media_url;
      extra.alt = 'Picture for the story';
      extra.className = 'story';
      const link = data.widget_link ? ` Link: ${data.widget_link.name ?? data.widget_link.url}.` : '';
      const { id } = await ask(host.layers, {
        title: 'Share to story',
        text: `${data.text ?? 'No text.'}${link}`,
        extra,
        testid: 'story',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'share', text: 'Share', tone: 'primary' }],
      });
      if (id === 'share') host.toast('Shared to your story', 'share');
    },
  },
  web_app_send_prepared_message: {
    since: '8.0',
    run: once('share', (host) => host.post('prepared_message_failed', { error: 'USER_DECLINED' }), async (host, data) => {
      const { id } = await ask(host.layers, {
        title: 'Share message',
        text: `${host.launch.bot.first_name} offers a message to share (${data.id}). Send it to Saved Messages?`,
        testid: 'share',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'share', text: 'Send', tone: 'primary' }],
      });
      if (id === 'share') host.post('prepared_message_sent');
      else host.post('prepared_message_failed', { error: 'USER_DECLINED' });
    }),
  },
  web_app_request_file_download: {
    since: '8.0',
    run: once('download', () => {}, async (host, data) => {
      const { id } = await ask(host.layers, {
        title: 'Download file',
        text: `${host.launch.bot.first_name} suggests you download ${data.file_name}.`,
        testid: 'download-prompt',
        choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'download', text: 'Download', tone: 'primary' }],
      });
      host.post('file_download_requested', { status: id === 'download' ? 'downloading' : 'cancelled' });
      if (id === 'download') await download(host, data.url, data.file_name);
    }),
  },
};

/**
 * As in Web K: the client reads the file itself, so the server must allow it by CORS.
 * @param {import('../host.js').Host} host @param {string} url @param {string} name
 */
async function download(host, url, name) {
  host.toast(`Downloading ${name}`, 'download');
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const blob = URL.createObjectURL(await answer.blob());
    saveAs(blob, name);
    setTimeout(() => URL.revokeObjectURL(blob), 10_000);
    host.toast(name, 'check', 'Downloaded');
  } catch (error) {
    trace.note(`Download of ${url} failed: ${/** @type {Error} */ (error).message}. Web clients need Access-Control-Allow-Origin.`);
    const { id } = await ask(host.layers, {
      title: 'Download file',
      text: `${name} could not be read here. Open it in the browser instead?`,
      choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'open', text: 'Open', tone: 'primary' }],
    });
    if (id === 'open') window.open(url, '_blank', 'noopener');
  }
}
