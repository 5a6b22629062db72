/**
 * Round pictures of people and bots: initials on one of Telegram's seven grounds.
 */

import { h } from './dom.js';

/** Pairs of tones, the darker deep enough for white letters (4.5:1). */
const GROUNDS = [
  ['#d3453f', '#b93a55'],
  ['#bd5b12', '#a94f12'],
  ['#8a5cd1', '#7446c0'],
  ['#2c8140', '#22764a'],
  ['#1f7f93', '#1a7189'],
  ['#2a74c4', '#1f62b4'],
  ['#c23f7c', '#a9386f'],
];

/**
 * @param {{id: number, first_name: string, last_name?: string}} who
 * @param {number} [size] px
 */
export function avatar(who, size = 44) {
  const [high, low] = GROUNDS[Math.abs(who.id) % GROUNDS.length];
  const letters = [who.first_name, who.last_name].map((name) => [...(name ?? '')][0] ?? '').join('');
  return h(
    'span.avatar',
    { 'aria-hidden': 'true', style: { '--high': high, '--low': low, '--size': `${size}px` } },
    letters.toUpperCase(),
  );
}
