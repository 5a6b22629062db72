/**
 * How the phone is held and moved. Source of the events: telegram-web-app.js, `Accelerometer`,
 * `DeviceOrientation`, `Gyroscope`.
 */

import { motion, senses } from '../senses.js';

/** Fewest and most milliseconds between two values, and those without a wish. Source: telegram-web-app.js. */
const RATE_MS = { min: 20, max: 1000 };

/** @typedef {import('../host.js').Host} Host */
/** @typedef {(host: Host, now: number, data: any) => void} Tell tells the app what a sensor feels */

/** Sensors that run for this app, by name. @param {Host} host @returns {Record<string, number>} */
const running = (host) => (host.launch.notes.sensors ??= {});

/** @param {Host} host @param {string} name */
function stop(host, name) {
  clearInterval(running(host)[name]);
  delete running(host)[name];
}

/** An app that is gone feels nothing any more. @param {Host} host */
export function stopSensors(host) {
  for (const name of Object.keys(running(host))) stop(host, name);
}

/** @param {Host} host @param {string} name @param {any} data @param {Tell} tell */
function start(host, name, data, tell) {
  stop(host, name);
  const wish = Number(data.refresh_rate);
  const every = wish >= RATE_MS.min && wish <= RATE_MS.max ? wish : RATE_MS.max;
  tell(host, performance.now(), data);
  running(host)[name] = setInterval(() => senses(host).motion !== 'none' && tell(host, performance.now(), data), every);
}

/** Without a sensor. @param {Host} host */
const isStiff = (host) => senses(host).motion === 'none';
const LACKING = { error: 'UNSUPPORTED' };

/** Values come many times a second: only the first of a start is recorded. @param {Host} host @param {string} name */
const isLater = (host, name) => name in running(host);

/** @type {Record<string, import('../bridge.js').Rule>} */
export const sensors = {
  web_app_start_accelerometer: {
    since: '8.0',
    run(host, data) {
      if (isStiff(host)) return host.post('accelerometer_failed', LACKING);
      host.post('accelerometer_started');
      start(host, 'accelerometer', data, (to, now) =>
        to.post('accelerometer_changed', motion(senses(to), now).accelerometer, isLater(to, 'accelerometer')));
    },
  },
  web_app_stop_accelerometer: { since: '8.0', run: (host) => (stop(host, 'accelerometer'), host.post('accelerometer_stopped')) },
  web_app_start_gyroscope: {
    since: '8.0',
    run(host, data) {
      if (isStiff(host)) return host.post('gyroscope_failed', LACKING);
      host.post('gyroscope_started');
      start(host, 'gyroscope', data, (to, now) =>
        to.post('gyroscope_changed', motion(senses(to), now).gyroscope, isLater(to, 'gyroscope')));
    },
  },
  web_app_stop_gyroscope: { since: '8.0', run: (host) => (stop(host, 'gyroscope'), host.post('gyroscope_stopped')) },
  web_app_start_device_orientation: {
    since: '8.0',
    run(host, data) {
      if (isStiff(host)) return host.post('device_orientation_failed', LACKING);
      host.post('device_orientation_started');
      start(host, 'orientation', data, (to, now, { need_absolute }) =>
        to.post('device_orientation_changed', { absolute: Boolean(need_absolute), ...motion(senses(to), now).orientation }, isLater(to, 'orientation')));
    },
  },
  web_app_stop_device_orientation: { since: '8.0', run: (host) => (stop(host, 'orientation'), host.post('device_orientation_stopped')) },
};
