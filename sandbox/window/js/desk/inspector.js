/**
 * The inspector: every message of the app and the window, every call of the Bot API.
 */

import { saveAs } from '../chat/media.js';
import { fill, h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';
import { trace } from '../parts/trace.js';
import { json } from './json.js';

/** @typedef {import('../parts/trace.js').Entry} Entry */

const FILTERS = /** @type {[string, string, Entry['kind'][]][]} */ ([
  ['all', 'All', ['app', 'host', 'bot', 'update', 'window', 'note']],
  ['app', 'App', ['app', 'host', 'note']],
  ['bot', 'Bot API', ['bot', 'update']],
  ['window', 'Window', ['window', 'note']],
  ['problems', 'Problems', ['app', 'host', 'bot', 'update', 'window']],
]);

/** Where each kind comes from and goes to, for the eye and for the ear. */
const WAYS = /** @type {Record<Entry['kind'], {label: string, icon: Parameters<typeof icon>[0]}>} */ ({
  app: { label: 'from the app', icon: 'outward' },
  host: { label: 'to the app', icon: 'inward' },
  bot: { label: 'from the bot', icon: 'outward' },
  update: { label: 'to the bot', icon: 'inward' },
  window: { label: 'from the window', icon: 'desk' },
  note: { label: 'note', icon: 'alert' },
});

/** A call that takes longer says so, ms. */
const SLOW_MS = 300;

export function createInspector() {
  let filter = 'all';
  let words = '';
  const list = h('ol.entries', { 'aria-label': 'Events, newest first', tabindex: '0' });
  const search = /** @type {HTMLInputElement} */ (
    h('input', { type: 'search', placeholder: 'Search events and JSON', 'aria-label': 'Search events', testid: 'inspector-search',
      oninput: () => { words = search.value.trim().toLowerCase(); draw(); } })
  );
  const tabs = FILTERS.map(([id, label]) =>
    h('button.chip', { 'aria-pressed': String(id === filter), testid: `inspector-${id}`, onclick: () => choose(id) }, label));
  const total = h('span.total', { testid: 'inspector-total' });
  const save = h('button.round', { 'aria-label': 'Save as JSON', testid: 'inspector-save', onclick: keep }, icon('download', 18));
  const grow = h('button.round', { 'aria-label': 'Larger inspector', 'aria-pressed': 'false', onclick: resize }, icon('grow', 18));
  const element = h('section.inspector', { 'aria-label': 'Inspector', testid: 'inspector' },
    h('div.inspector-head', {}, h('h2', {}, 'Inspector ', total), save, h('button.round', { 'aria-label': 'Clear', testid: 'inspector-clear', onclick: trace.clear }, icon('clear', 18)), grow),
    h('div.inspector-tools', {}, h('div.search', {}, icon('search', 16), search), h('div.chips', { role: 'group', 'aria-label': 'Kinds' }, tabs)),
    list);

  /** @param {string} id */
  function choose(id) {
    filter = id;
    tabs.forEach((tab, at) => tab.setAttribute('aria-pressed', String(FILTERS[at][0] === id)));
    draw();
  }

  function resize() {
    const on = element.classList.toggle('large');
    element.parentElement?.classList.toggle('inspecting', on);
    grow.setAttribute('aria-pressed', String(on));
    fill(grow, icon(on ? 'shrink' : 'grow', 18));
  }

  /** Saves what is shown, for a report or a test. */
  function keep() {
    const shown = trace.entries.filter(wanted).map(({ at, kind, name, data, fate, why }) => ({ at, kind, name, fate, why, data }));
    const url = URL.createObjectURL(new Blob([JSON.stringify(shown, null, 2)], { type: 'application/json' }));
    saveAs(url, 'inspector.json');
    URL.revokeObjectURL(url);
  }

  /** @param {Entry} entry */
  function wanted(entry) {
    const kinds = FILTERS.find(([id]) => id === filter)?.[2] ?? [];
    if (filter === 'problems' && entry.fate === 'ok') return false;
    return kinds.includes(entry.kind) && (!words || text(entry).includes(words));
  }

  function draw() {
    const rows = trace.entries.filter(wanted).map(row).reverse();
    fill(list, rows.length ? rows : h('li.quiet', {}, words ? 'Nothing matches' : 'Nothing yet'));
    tally();
  }

  function tally() {
    total.textContent = list.querySelectorAll('.entry').length.toLocaleString('en-US');
  }

  /** Rows already open stay open when their fate is known. @param {Entry | null} entry */
  function take(entry) {
    if (!entry) return draw();
    const old = list.querySelector(`[data-id="${entry.id}"]`);
    if (old) return old.replaceWith(row(entry));
    if (!wanted(entry)) return;
    list.querySelector('.quiet')?.remove();
    list.prepend(row(entry));
    while (list.children.length > trace.entries.length) list.lastElementChild?.remove();
    tally();
  }

  draw();
  trace.read(take);
  return element;
}

/** @param {Entry} entry */
function row(entry) {
  const way = WAYS[entry.kind];
  const body = h('div.entry-body', {});
  const details = h('details', {
    ontoggle: () => {
      if (/** @type {HTMLDetailsElement} */ (details).open && !body.childElementCount) {
        fill(body, entry.why && h('p.why', {}, entry.why), json(entry.data));
      }
    },
  },
  h('summary', {},
    h('span.way', { 'aria-hidden': 'true' }, icon(way.icon, 14)),
    h('span.unseen', {}, way.label),
    h('span.entry-name', {}, entry.name),
    entry.fate !== 'ok' && h('span.fate', {}, fateOf(entry)),
    entry.data?.duration_ms >= SLOW_MS && h('span.took', {}, `${entry.data.duration_ms} ms`),
    h('time', {}, entry.at.toLocaleTimeString('en-GB'))),
  body);
  return h('li.entry', { 'data-id': entry.id, 'data-kind': entry.kind, 'data-fate': entry.fate, 'data-name': entry.name }, details);
}

/** A failed call shows its status. @param {Entry} entry */
const fateOf = (entry) => (entry.fate === 'failed' && entry.data?.status ? String(entry.data.status) : entry.fate);

/** @param {Entry} entry */
const text = (entry) => `${entry.name} ${entry.fate} ${entry.why ?? ''} ${JSON.stringify(entry.data)}`.toLowerCase();
