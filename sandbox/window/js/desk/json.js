/**
 * JSON as a coloured, copyable block.
 */

import { copy } from '../parts/clipboard.js';
import { h } from '../parts/dom.js';
import { icon } from '../parts/icon.js';

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @param {any} data */
export function json(data) {
  if (data === null || data === undefined) return h('p.quiet', {}, 'No data');
  const text = JSON.stringify(data, null, 2);
  return h('div.json', {},
    h('button.round', { 'aria-label': 'Copy JSON', onclick: () => copy(text) }, icon('copy', 15)),
    h('pre', { tabindex: '0', 'aria-label': 'JSON' }, coloured(text)));
}

/** @param {string} text */
function coloured(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    parts.push(text.slice(at, match.index));
    const [whole, string, colon] = match;
    const kind = colon ? 'key' : string ? 'string' : 'value';
    parts.push(h(`span.json-${kind}`, {}, colon ? string : whole));
    if (colon) parts.push(colon);
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}
