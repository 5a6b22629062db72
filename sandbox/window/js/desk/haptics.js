/**
 * Desk: the last taps of the haptic engine, which a desk cannot feel.
 */

import { h } from '../parts/dom.js';
import { trace } from '../parts/trace.js';
import { group } from './controls.js';

const SHOWN = 4;

export function hapticsGroup() {
  const list = h('ol.haptics', { testid: 'haptics', 'aria-label': 'Haptic feedback, newest first' }, h('li.quiet', {}, 'None yet'));
  let felt = false;
  trace.feel((kind) => {
    if (!felt) list.replaceChildren();
    felt = true;
    const time = new Date().toLocaleTimeString('en-GB');
    list.prepend(h('li', {}, h('span', {}, kind), h('time', {}, time)));
    while (list.children.length > SHOWN) list.lastElementChild?.remove();
  });
  return group('Haptics', list);
}
