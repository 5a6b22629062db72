/**
 * Compares the window with `@tma.js/bridge`: which of the names that the library knows does the
 * window hear, and which does it tell? Prints one JSON object.
 *
 * The library's names stand in its types only, so those are read. What the window hears is asked of
 * the window's own rules; what it tells is read from its sources, and by running the rules that
 * need no page.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const WINDOW = new URL('../../window/js/app/', import.meta.url);
const TYPES = new URL('./node_modules/@tma.js/bridge/dist/dts/', import.meta.url);

/** The members of an interface in a declaration file. */
function members(file, name) {
  const text = readFileSync(new URL(file, TYPES), 'utf8');
  const body = text.split(`export interface ${name} {`)[1].split('\n}')[0];
  return [...body.matchAll(/^ {4}(\w+)\??: /gm)].map((found) => found[1]).sort();
}

/** What a rule tells the app on a phone as it is at first; `null` when it needs a page. */
async function answers(rule) {
  const told = [];
  const post = (name, data = {}) => told.push({ name, data });
  const host = { post, launch: { platform: 'ios', version: '9.6', notes: {} }, store: { state: { senses: SENSES } } };
  try {
    await rule.run(host, { req_id: '1' });
    return told;
  } catch {
    return null;
  }
}

/** Whether an answer says only that the device has no such thing. */
const isLack = ({ data }) => data.error === 'UNSUPPORTED' || data.available === false;

/** Names in `post('name')`, and endings in post(`${name}_ending`), of all sources of the window. */
function told() {
  const files = readdirSync(WINDOW, { recursive: true }).filter((name) => name.endsWith('.js'));
  const text = files.map((name) => readFileSync(new URL(name, WINDOW), 'utf8')).join('\n');
  const names = [...text.matchAll(/post\('(\w+)'/g)].map((found) => found[1]);
  const buttons = /post\(`\$\{which\}_button_pressed`/.test(text) ? ['main_button_pressed', 'secondary_button_pressed'] : [];
  return new Set([...names, ...buttons]);
}

const { RULES } = await import(new URL('rules/index.js', WINDOW));
const { SENSES } = await import(new URL('senses.js', WINDOW));
const sent = told();
const methods = {};
for (const [name, rule] of Object.entries(RULES)) {
  const list = await answers(rule);
  for (const { name: event } of list ?? []) sent.add(event);
  methods[name] = list?.length && list.every(isLack) ? 'lacking' : 'answered';
}
const version = createRequire(import.meta.url)('./package.json').dependencies['@tma.js/bridge'];
const report = JSON.stringify({
  version,
  methods: Object.fromEntries(members('methods/types/methods.d.ts', 'Methods').map((name) => [name, methods[name] ?? 'unknown'])),
  events: Object.fromEntries(members('events/types/events.d.ts', 'Events').map((name) => [name, sent.has(name) ? 'answered' : 'unknown'])),
});
// Sensors that were started have nobody to stop them.
process.stdout.write(report, () => process.exit());
