/**
 * What a tap on a link does in Telegram: links of t.me are understood, all others are
 * opened after a question.
 */

import { api } from './parts/api.js';
import { ask } from './parts/ask.js';
import { trace } from './parts/trace.js';

/** What a bot may be started with. Source: Telegram, "Bot features", deep linking. */
const START = /^[\w-]{1,64}$/;

/**
 * @param {object} parts
 * @param {import('./parts/store.js').Store} parts.store
 * @param {import('./parts/layers.js').Layers} parts.layers
 * @param {import('./session.js').Session} parts.session
 * @param {import('./app/host.js').Go['launch']} parts.launch
 * @param {import('./app/host.js').Go['pay']} parts.pay
 * @param {import('./parts/toast.js').Toast} parts.toast
 * @param {() => void} parts.minimise
 * @param {(text: string) => void} parts.say
 */
export function createFollow({ store, layers, session, launch, pay, minimise, say, toast }) {
  /** @param {string} url */
  return async function follow(url) {
    const link = parse(url);
    if (!link) return outside(url);
    const invoice = /^\/(?:\$|invoice\/)([\w=-]+)$/.exec(link.pathname);
    if (invoice) return pay(invoice[1]);
    /* `joinchat` is the older form. Source: core.telegram.org/api/links, chat invite links. */
    const invite = /^\/(?:\+|joinchat\/)([\w-]+)$/.exec(link.pathname);
    if (invite) return join(link.href);
    const name = /^\/(\w+)(?:\/\w+)?\/?$/.exec(link.pathname)?.[1].toLowerCase();
    const bot = store.state.bots.find((one) => one.username.toLowerCase() === name);
    if (!bot) return outside(url);
    if (bot.id !== store.state.bot?.id || store.state.community) await session.openChat(bot);
    const direct = link.searchParams.get('startapp');
    if (direct !== null || /^\/\w+\/\w+/.test(link.pathname)) {
      return launch({ from: 'direct_link', startParam: direct || undefined, fullscreen: link.searchParams.get('mode') === 'fullscreen' });
    }
    minimise();
    const start = link.searchParams.get('start');
    if (start === null) return undefined;
    if (!start || START.test(start)) return say(start ? `/start ${start}` : '/start');
    return trace.note('A start parameter has 1 to 64 characters of A-Z, a-z, 0-9, _ and -; this one is left out.');
  };

  /** An invite link: in at once, or after somebody lets the person in. @param {string} url */
  async function join(url) {
    const { person } = store.state;
    if (!person) return;
    const { id } = await ask(layers, {
      title: 'Invite link', text: `Join the group or channel behind ${url.replace('https://', '')}?`, testid: 'join-prompt',
      choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'join', text: 'Join', tone: 'primary' }],
    });
    if (id !== 'join') return;
    await api.join(person.id, url).then(
      async ({ entry }) => {
        toast(entry === 'joined' ? 'You are in now.' : 'The owner was asked to let you in.', 'check');
        const joined = entry === 'joined' && (await session.behind(url));
        if (joined) await session.openGroup(joined);
      },
      (error) => toast(error.message, 'alert'),
    );
  }

  /** @param {string} url */
  async function outside(url) {
    const { id } = await ask(layers, {
      title: 'Open link',
      text: `Do you want to open ${url}?`,
      testid: 'open-link',
      choices: [{ id: 'cancel', text: 'Cancel' }, { id: 'open', text: 'Open', tone: 'primary' }],
    });
    if (id === 'open') window.open(url, '_blank', 'noopener');
  }
}

/** A link of Telegram's own, or null. @param {string} url */
function parse(url) {
  if (!URL.canParse(url)) return null;
  const link = new URL(url);
  if (link.protocol === 'tg:') return tg(link);
  return ['t.me', 'telegram.me', 'telegram.dog'].includes(link.hostname) ? link : null;
}

/** `tg://resolve?domain=…` and `tg://invoice?slug=…` as their t.me twins. @param {URL} link */
function tg(link) {
  const { searchParams } = link;
  const slug = searchParams.get('slug');
  if (slug) return new URL(`https://t.me/$${slug}`);
  const twin = new URL(`https://t.me/${searchParams.get('domain') ?? ''}`);
  for (const key of ['start', 'startapp', 'mode']) {
    const value = searchParams.get(key);
    if (value !== null) twin.searchParams.set(key, value);
  }
  return twin;
}
