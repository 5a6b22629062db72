/**
 * The sandbox tells what happens over server-sent events; the browser reconnects by itself.
 */

/**
 * @param {{user_id?: number, token?: string, chat_id?: number}} who
 * @param {(event: Record<string, any>) => void} tell
 * @param {(line: 'live'|'lost') => void} line
 * @returns {() => void} hangs up
 */
export function listen(who, tell, line) {
  const query = new URLSearchParams();
  if (who.user_id !== undefined) query.set('user_id', String(who.user_id));
  if (who.token !== undefined) query.set('token', who.token);
  if (who.chat_id !== undefined) query.set('chat_id', String(who.chat_id));
  const source = new EventSource(`/api/events?${query}`);
  source.onopen = () => line('live');
  source.onerror = () => line('lost');
  /* Plain messages carry their type; `lagged` says that some were missed. */
  for (const name of ['message', 'lagged']) {
    source.addEventListener(name, (event) => {
      const data = parse(/** @type {MessageEvent} */ (event).data);
      if (data) tell({ type: name, ...data });
    });
  }
  return () => source.close();
}

/** @param {string} text @returns {Record<string, any> | null} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
