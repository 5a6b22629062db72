/**
 * Ways out of the app: links, invoices, sharing, files.
 */

import { saveAs } from '../../chat/media.js';
import { ask } from '../../parts/ask.js';
import { trace } from '../../parts/trace.js';
import { Refusal } from '../bridge.js';
import { once } from '../once.js';

/** Characters of an inline query. Source: Mini Apps, `switchInlineQuery`. */
const QUERY = 256;
/** Characters of a story: of Premium's, of everybody's, on its link. Source: Mini Apps, `StoryShareParams`. */
const STORY = { premium: 2048, text: 200, link: 48 };

/**
 * Links open right after the user did something. Telegram waits about a second; browsers
 * alone know of taps in the frame, and only say whether one was lately: in Chromium 5 s.
 * Source: Mini Apps, web events, `web_app_open_link`.
 */
const tapped = () => navigator.userActivation?.isActive ?? true;

/** Telegram downloads by https alone; a server of this machine may do without, as for webhooks. @param {string} text */
function isLoadable(text) {
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}

/** @param {import('../host.js').Host} host @param {any} story */
function checkStory({ store }, { media_url, text = '', widget_link }) {
  if (!URL.canParse(media_url)) throw new Refusal('A media address is needed.');
  const most = store.state.person?.is_premium ? STORY.premium : STORY.text;
  if (text.length > most) throw new Refusal(`The text is longer than ${most}.`);
  if ((widget_link?.name ?? '').length > STORY.link) throw new Refusal(`The name of the link is longer than ${STORY.link}.`);
}

/** @type {Record<string, import('../bridge.js').Rule>} */
export const links = {
  web_app_open_link: {
    since: '6.0',
    run(host, data) {
      const url = URL.canParse(data.url) ? new URL(data.url) : null;
      if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Refusal('Only http and https links are opened.');
      if (!tapped()) throw new Refusal('A link opens only right after the user did something.');
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
      if ((data.query ?? '').length > QUERY) throw new Refusal(`The query is longer than ${QUERY}.`);
      host.close();
      host.go.draft(`@${bot.username} ${data.query ?? ''}`);
    },
  },
  web_app_share_to_story: {
    since: '7.8',
    async run(host, data) {
      checkStory(host, data);
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
  web_app_request_file_download: {
    since: '8.0',
    run: once('download', async (host, data) => {
      if (!isLoadable(data.url)) throw new Refusal('Files are downloaded by https.');
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
