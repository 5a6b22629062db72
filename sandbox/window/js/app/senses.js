/**
 * What the phone can feel: who holds it, where it is, how it is held and moved. The desk sets it;
 * what an app may know of it, the person says, for each bot.
 */

import { isPhone } from './device.js';

/** @typedef {import('../types.js').Senses} Senses */

/** A phone like most: in a hand that it knows, in Vienna, at rest. @type {Senses} */
export const SENSES = {
  biometry: 'face', recognised: true, located: true, latitude: 48.2082, longitude: 16.3738,
  motion: 'still', beta: 0, gamma: 0,
};

/**
 * What the person allowed a bot, kept in this browser as on a phone.
 * @typedef {{asked?: boolean, denied?: boolean, granted?: boolean, token?: string, device?: string}} Permit
 */

/** @param {import('./host.js').Host} host @param {'biometry'|'location'} what */
const place = (host, what) => `${what}:${host.launch.bot.id}:${host.launch.user}`;

/** @param {import('./host.js').Host} host @param {'biometry'|'location'} what @returns {Permit} */
export function permit(host, what) {
  try {
    return JSON.parse(localStorage.getItem(place(host, what)) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {import('./host.js').Host} host @param {'biometry'|'location'} what @param {Permit} change */
export function allow(host, what, change) {
  localStorage.setItem(place(host, what), JSON.stringify({ ...permit(host, what), ...change }));
}

/** The senses of this phone; other devices than phones have none. @param {import('./host.js').Host} host @returns {Senses} */
export function senses(host) {
  const { senses: set } = host.store.state;
  return isPhone(host.launch.platform) ? set : { ...set, biometry: 'none', located: false, motion: 'none' };
}

/** Earth's pull, m/s². */
const G = 9.80665;
/** How far a wobble goes either way, and how long one takes. */
const WOBBLE_RAD = 0.35;
const WOBBLE_MS = 2000;

/**
 * How the phone is held and moved at a moment, as its sensors tell. Axes and signs are those of the
 * W3C's DeviceMotion and DeviceOrientation; radians as Mini Apps have them.
 * @param {Senses} set
 * @param {number} now ms
 */
export function motion(set, now) {
  const turn = (now / WOBBLE_MS) * 2 * Math.PI;
  const swing = set.motion === 'wobble' ? WOBBLE_RAD : 0;
  const speed = (swing * 2 * Math.PI * 1000) / WOBBLE_MS;
  const beta = (set.beta * Math.PI) / 180 + swing * Math.sin(turn);
  const gamma = (set.gamma * Math.PI) / 180 + swing * Math.cos(turn);
  return {
    orientation: { alpha: 0, beta, gamma },
    accelerometer: { x: -G * Math.cos(beta) * Math.sin(gamma), y: G * Math.sin(beta), z: G * Math.cos(beta) * Math.cos(gamma) },
    gyroscope: { x: speed * Math.cos(turn), y: -speed * Math.sin(turn), z: 0 },
  };
}
