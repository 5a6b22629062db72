/**
 * Text with Telegram's entities, as elements. Offsets count UTF-16 units, as in JavaScript.
 */

import { h } from '../parts/dom.js';

/** @typedef {import('../types.js').Entity} Entity */
/** @typedef {{link: (url: string) => void, say: (text: string) => void, copy: (text: string) => void}} Acts */

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {Acts} acts what a tap on a link, a command or a code does
 * @returns {(Node | string)[]}
 */
export function rich(text, entities, acts) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return slice(text, sorted, 0, text.length, acts);
}

/**
 * The part of `text` between two offsets; entities inside one another nest.
 * @param {string} text
 * @param {Entity[]} entities sorted, all starting at or after `from`
 * @param {number} from
 * @param {number} to
 * @param {Acts} acts
 */
function slice(text, entities, from, to, acts) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    if (entity.offset > at) parts.push(text.slice(at, entity.offset));
    const inside = entities.slice(i + 1).filter((next) => next.offset < end);
    parts.push(dress(entity, text.slice(entity.offset, end), slice(text, inside, entity.offset, end, acts), acts));
    at = end;
  }
  if (at < to) parts.push(text.slice(at, to));
  return parts;
}

/** Entities that only change the look, and their elements. */
const PLAIN = /** @type {Record<string, string>} */ ({
  bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's',
  blockquote: 'blockquote', expandable_blockquote: 'blockquote.long',
});

/**
 * @param {Entity} entity
 * @param {string} raw
 * @param {(Node | string)[]} inner
 * @param {Acts} acts
 */
function dress(entity, raw, inner, acts) {
  if (PLAIN[entity.type]) return h(PLAIN[entity.type], {}, inner);
  switch (entity.type) {
    case 'text_link':
      return link(entity.url ?? '', inner, acts);
    case 'url':
      return link(/^[a-z]+:/i.test(raw) ? raw : `https://${raw}`, inner, acts);
    case 'mention':
      return link(`https://t.me/${raw.slice(1)}`, inner, acts);
    case 'email':
      return h('a', { href: `mailto:${raw}` }, inner);
    case 'phone_number':
      return h('a', { href: `tel:${raw}` }, inner);
    case 'bot_command':
      return h('button.link', { onclick: () => acts.say(raw) }, inner);
    case 'code':
      return h('button.code', { onclick: () => acts.copy(raw), title: 'Copy' }, h('code', {}, inner));
    case 'pre':
      return h('pre', { tabindex: '0' }, entity.language && h('small', {}, entity.language), h('code', {}, inner));
    case 'spoiler':
      return spoiler(inner);
    default:
      return h('span', { class: `entity-${entity.type}` }, inner);
  }
}

/** @param {string} url @param {(Node | string)[]} inner @param {Acts} acts */
function link(url, inner, acts) {
  /** @param {MouseEvent} event */
  const follow = (event) => {
    event.preventDefault();
    acts.link(url);
  };
  return h('a', { href: /^(https?|tg):/i.test(url) ? url : '#', title: url, onclick: follow }, inner);
}

/** @param {(Node | string)[]} inner */
function spoiler(inner) {
  const hidden = h(
    'button.spoiler',
    { 'aria-label': 'Show the hidden text', onclick: () => hidden.replaceWith(h('span', {}, inner)) },
    h('span', { 'aria-hidden': 'true' }, inner),
  );
  return hidden;
}
