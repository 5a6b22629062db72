/**
 * Memory of the app: on the device and in the cloud.
 */

import { api } from '../../parts/api.js';

/** Characters that one bot may keep on a device: 5 MB. Source: Mini Apps, `DeviceStorage`. */
const QUOTA = 5 * 1024 * 1024;

/** A rule that Web A does not follow. Source: telegram-tt, useWebAppFrame.ts. @param {import('../bridge.js').Rule['run']} run @returns {import('../bridge.js').Rule} */
const exceptOnWebA = (run) => ({
  since: '9.0',
  run: (host, data) =>
    host.launch.platform === 'weba' ? host.post('device_storage_failed', { req_id: data.req_id, error: 'UNSUPPORTED' }) : run(host, data),
});

/** Kept in this browser by bot and user. @param {import('../host.js').Host} host */
const place = (host) => `device-storage:${host.launch.bot.id}:${host.launch.user}`;

/** @param {import('../host.js').Host} host @returns {Record<string, string>} */
function read(host) {
  try {
    return JSON.parse(localStorage.getItem(place(host)) ?? '{}');
  } catch {
    return {};
  }
}

/** Its codes: telegram-tt, src/types/webapp.ts. @param {import('../host.js').Host} host @param {any} data */
function save(host, data) {
  /** @param {string} error */
  const fail = (error) => host.post('device_storage_failed', { req_id: data.req_id, error });
  if (typeof data.key !== 'string' || !data.key) return fail('KEY_INVALID');
  if (data.value !== null && typeof data.value !== 'string') return fail('VALUE_INVALID');
  const all = read(host);
  if (data.value === null) delete all[data.key];
  else all[data.key] = data.value;
  const text = JSON.stringify(all);
  if (text.length > QUOTA) return fail('QUOTA_EXCEEDED');
  try {
    localStorage.setItem(place(host), text);
  } catch {
    return fail('QUOTA_EXCEEDED');
  }
  host.post('device_storage_key_saved', { req_id: data.req_id });
}

/** @type {Record<string, import('../bridge.js').Rule>} */
export const storage = {
  web_app_device_storage_save_key: exceptOnWebA(save),
  web_app_device_storage_get_key: exceptOnWebA((host, data) =>
    host.post('device_storage_key_received', { req_id: data.req_id, value: read(host)[data.key] ?? null })),
  web_app_device_storage_clear: exceptOnWebA((host, data) => {
    localStorage.removeItem(place(host));
    host.post('device_storage_cleared', { req_id: data.req_id });
  }),
  web_app_invoke_custom_method: {
    since: '6.9',
    async run(host, data) {
      const { bot, user } = host.launch;
      try {
        const answer = await api.custom(bot.token, user, data.method, data.params ?? {});
        host.post('custom_method_invoked', { req_id: data.req_id, ...answer });
      } catch (error) {
        host.post('custom_method_invoked', { req_id: data.req_id, error: /** @type {Error} */ (error).message });
      }
    },
  },
};
