/**
 * Scripts to begin with; see the `--script` option. The bot's token is added when one is
 * played.
 */

const DAY = 86_400;
const MONTH = 30 * DAY;

/** @type {[string, string, object][]} */
export const SAMPLES = [
  ['subscriber', 'Three months of a subscriber', {
    seed: 7,
    steps: [
      { at: 0, do: 'user', name: 'Nina', stars: 250 },
      { at: 60, do: 'sell', user: 'Nina', stars: 100, payload: 'club-1', period: MONTH },
      { at: MONTH + DAY, do: 'subscription', user: 'Nina', action: 'cancel' },
      { at: MONTH + 2 * DAY, do: 'subscription', user: 'Nina', action: 'reactivate' },
      { at: 2 * MONTH + DAY, do: 'top_up', user: 'Nina', stars: 100 },
      { at: 2 * MONTH + 2 * DAY, do: 'subscription', user: 'Nina', action: 'pay' },
    ],
  }],
  ['mixed', 'A day of 300 mixed events', {
    seed: 7,
    steps: [{ at: 0, do: 'random', events: 300, over_seconds: DAY, buyers: 12 }],
  }],
  ['bad-hour', 'An hour in which updates are lost', {
    seed: 7,
    steps: [
      { at: 0, do: 'user', name: 'Omar', stars: 5000 },
      { at: 60, do: 'faults', faults: { updates: [{ kind: 'successful_payment', action: 'drop', count: 3 }], webhook: { outage: true } } },
      { at: 120, every: 300, times: 10, do: 'sell', user: 'Omar', stars: 25, payload: 'sticker' },
      { at: 3000, do: 'chargeback', user: 'Omar' },
      { at: 3600, do: 'faults', faults: {} },
    ],
  }],
  ['future', 'Updates of kinds that no Bot API has yet', {
    seed: 7,
    steps: [
      { at: 0, do: 'user', name: 'Vera', stars: 100 },
      { at: 1, do: 'update', kind: 'hologram', payload: { id: 1, from: { id: 7 }, parts: [null, 'two'] } },
      { at: 2, do: 'update', kind: 'pre_checkout_reply', payload: {} },
      { at: 3, do: 'message', user: 'Vera', text: 'Are you still there?' },
    ],
  }],
];

/** A script as people read it: each step on a line of its own. @param {any} script */
export function written({ steps, ...rest }) {
  const head = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join('');
  return `{\n${head}  "steps": [\n${steps.map((/** @type {object} */ step) => `    ${JSON.stringify(step)}`).join(',\n')}\n  ]\n}\n`;
}
