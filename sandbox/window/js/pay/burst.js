/**
 * A short burst of gold stars: the sign that Stars have changed hands.
 */

import { h } from '../parts/dom.js';
import { star } from '../parts/icon.js';

const STARS = 18;

/** @param {HTMLElement} over covers this element; goes away by itself */
export function burst(over) {
  const sky = h('div.burst', { 'aria-hidden': 'true' });
  for (let at = 0; at < STARS; at += 1) {
    const angle = (at / STARS) * 2 * Math.PI + (at % 2) * 0.3;
    const reach = 90 + (at % 3) * 45;
    const piece = star(12 + (at % 4) * 5);
    piece.style.setProperty('--x', `${Math.cos(angle) * reach}px`);
    piece.style.setProperty('--y', `${Math.sin(angle) * reach}px`);
    sky.append(piece);
  }
  over.append(sky);
  setTimeout(() => sky.remove(), 700);
}
