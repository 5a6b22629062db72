/**
 * Desk: the sandbox's clock. It only goes forward; renewals, deadlines and late updates
 * come due on the way.
 */

import { api } from '../parts/api.js';
import { nowMs } from '../parts/clock.js';
import { fill, h } from '../parts/dom.js';
import { count } from '../parts/format.js';
import { trace } from '../parts/trace.js';
import { cell, group } from './controls.js';

const HOUR = 3600;
const DAY = 86_400;
const JUMPS = /** @type {[string, number][]} */ ([['+1 hour', HOUR], ['+1 day', DAY], ['+30 days', 30 * DAY]]);
/** Where the slider rests: a minute to a year, finer where more happens. */
const STEPS = [
  60, 300, 900, 1800, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY, 7 * DAY,
  14 * DAY, 21 * DAY, 30 * DAY, 60 * DAY, 90 * DAY, 180 * DAY, 365 * DAY,
];
const START = STEPS.indexOf(7 * DAY);
const TICK_MS = 1000;

/**
 * @param {object} parts
 * @param {import('../parts/store.js').Store} parts.store
 * @param {import('../parts/toast.js').Toast} parts.toast
 */
export function timePanel({ store, toast }) {
  const since = countSinceJump();
  /** @param {number} seconds */
  const jump = async (seconds) => {
    since.reset(seconds);
    try {
      const time = await api.advance(seconds);
      trace.date(time);
      store.set({ time });
      trace.note(`The clock went ${span(seconds)} forward`);
    } catch (error) {
      toast(/** @type {Error} */ (error).message, 'alert');
    }
  };
  const jumps = h('div.jumps', { role: 'group', 'aria-label': 'Move the clock' }, JUMPS.map(([label, seconds]) =>
    h('button.jump', { testid: `clock-${seconds}`, onclick: () => jump(seconds) }, label)));
  return h('div', {},
    h('section.group.clock', { 'aria-label': 'Clock' }, face(store), jumps),
    lever(store, jump),
    h('p.group-note', {}, 'Renewals, deadlines, retries and late updates come due on the way. There is no way back.'),
    since.element);
}

/** Time, date and distance from real time. @param {import('../parts/store.js').Store} store */
function face(store) {
  const hour = h('b');
  const date = h('span');
  const shown = h('output.face', { testid: 'clock', 'aria-label': 'Clock of the sandbox' }, hour, date);
  const ahead = h('p.quiet', { testid: 'clock-ahead', 'aria-live': 'polite' });
  const draw = () => {
    const { time } = store.state;
    if (!time) return;
    const now = new Date(nowMs(time));
    fill(hour, now.toLocaleTimeString('en-GB'));
    fill(date, now.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }));
  };
  setInterval(draw, TICK_MS);
  store.watch(['time'], ({ time }) => {
    draw();
    fill(ahead, time ? standing(time) : '');
  });
  return h('div.clock-face', {}, shown, ahead);
}

/** @param {import('../types.js').Time} time */
function standing({ is_still, offset_seconds }) {
  if (is_still) return 'Stands still between jumps';
  return offset_seconds ? `${span(offset_seconds)} ahead of real time` : 'The same as real time';
}

/** A slider for how far, and a button that does it. @param {import('../parts/store.js').Store} store @param {(seconds: number) => void} jump */
function lever(store, jump) {
  const slider = /** @type {HTMLInputElement} */ (h('input.slider', {
    type: 'range', min: '0', max: String(STEPS.length - 1), step: '1', value: String(START),
    'aria-label': 'How far', testid: 'clock-slider', oninput: draw,
  }));
  const to = h('output.quiet', { testid: 'clock-target' });
  const go = h('button.primary', { testid: 'clock-go', onclick: () => jump(STEPS[Number(slider.value)]) });
  function draw() {
    const seconds = STEPS[Number(slider.value)];
    const then = new Date(nowMs(store.state.time) + seconds * 1000);
    slider.setAttribute('aria-valuetext', span(seconds));
    slider.style.setProperty('--done', `${(Number(slider.value) / (STEPS.length - 1)) * 100}%`);
    fill(go, `Go ${span(seconds)} forward`);
    fill(to, `To ${then.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}`);
  }
  store.watch(['time'], draw);
  return h('section.group', { 'aria-label': 'Lever' }, h('h3', {}, 'Lever'),
    h('div.cells.lever', {}, slider, h('div.lever-ends', { 'aria-hidden': 'true' }, h('span', {}, '1 minute'), h('span', {}, '1 year')), to, go));
}

/** What the last jump set going. */
function countSinceJump() {
  const updates = h('output', { testid: 'jump-updates' }, '0');
  const calls = h('output', { testid: 'jump-calls' }, '0');
  const title = cell('Updates to the bot', updates);
  const element = group('Since the jump', title, cell('Calls of the bot', calls));
  element.hidden = true;
  const seen = { update: 0, bot: 0 };
  const draw = () => {
    fill(updates, count(seen.update));
    fill(calls, count(seen.bot));
  };
  trace.read((entry) => {
    if (entry?.kind !== 'update' && entry?.kind !== 'bot') return;
    seen[entry.kind] += 1;
    draw();
  });
  return {
    element,
    /** @param {number} seconds */
    reset(seconds) {
      Object.assign(seen, { update: 0, bot: 0 });
      fill(/** @type {Element} */ (element.firstElementChild), `Since the jump of ${span(seconds)}`);
      element.hidden = false;
      draw();
    },
  };
}

/** Largest whole unit first, at most two: "31 days", "1 day 2 hours". @param {number} seconds */
export function span(seconds) {
  const units = /** @type {[number, string][]} */ ([[DAY, 'day'], [HOUR, 'hour'], [60, 'minute'], [1, 'second']]);
  let rest = seconds;
  const parts = units.map(([size, name]) => {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    return whole ? `${count(whole)} ${name}${whole === 1 ? '' : 's'}` : '';
  });
  return parts.filter(Boolean).slice(0, 2).join(' ') || 'no time';
}
