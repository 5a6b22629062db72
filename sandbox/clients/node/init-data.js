/**
 * Launch data: the sandbox's before both official libraries for Node.js, and theirs before our shop.
 * grammY itself has nothing for it.
 */

import { ok, strictEqual, throws } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import * as telegramApps from '@telegram-apps/init-data-node';
import * as tma from '@tma.js/init-data-node';

/** The libraries: of the same authors, under two names, and both in use. */
const LIBRARIES = { '@tma.js/init-data-node': tma, '@telegram-apps/init-data-node': telegramApps };

/** What the shop says of launch data: `starfront init-data`. */
async function judge(token, raw) {
  const shop = spawn(process.env.STARFRONT_BIN, ['init-data', '--bot-token', token], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(shop, 'close');
  shop.stdin.end(raw);
  const [out, err] = await Promise.all([text(shop.stdout), text(shop.stderr)]);
  const [code] = await ended;
  return { code, out, err };
}

/** The sandbox's launch data must be taken, and nothing else. */
async function takes({ parse, validate }, { desk, buyer }) {
  const { init_data } = await desk.launch(buyer, { start_param: 'from-node' });
  validate(init_data, desk.token, { expiresIn: 3600 });
  const data = parse(init_data);
  strictEqual(data.user.id, buyer);
  strictEqual(data.start_param, 'from-node');
  throws(() => validate(init_data, '4203:OTHER'));
  throws(() => validate(init_data.replace('Ada', 'Eve'), desk.token));
}

/** Launch data of the library's making must pass the shop's check, and no other token's. */
async function convinces({ sign }, { desk, buyer }) {
  const user = { id: buyer, first_name: 'Ada & Söhne', photo_url: 'https://t.me/i/userpic/320/ada.svg' };
  const raw = sign({ user, start_param: 'ref_7', can_send_after: 60 }, desk.token, new Date());
  const taken = await judge(desk.token, raw);
  strictEqual(taken.code, 0, taken.err);
  strictEqual(JSON.parse(taken.out).id, buyer);
  const refused = await judge('4203:OTHER', raw);
  ok(refused.code !== 0 && refused.err.includes('hash'), refused.err);
}

const checks = Object.entries(LIBRARIES).flatMap(([name, library]) => [
  [`initData: hash, by ${name}`, (w) => takes(library, w)],
  [`initData signed by ${name} passes the shop's check`, (w) => convinces(library, w)],
]);

export const initData = Object.fromEntries(checks);
