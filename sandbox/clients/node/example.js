/** Runs the bot of docs/sandbox.md as a program of its own, and buys from it. */

import { ok, strictEqual } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Desk } from './desk.js';
import { pause } from './report.js';

/** Starts the bot, asks it for an invoice, pays, and waits for its thanks. */
export async function sells(url, script) {
  const desk = new Desk(url, '4299:EXAMPLE');
  const buyer = await desk.user('Edda', 50);
  const path = fileURLToPath(new URL(script, import.meta.url));
  const env = { ...process.env, SANDBOX: url, BOT_TOKEN: desk.token };
  const bot = spawn(process.execPath, [path], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await desk.write(buyer, '/buy');
    const invoice = await message(desk, buyer, 'invoice_slug');
    strictEqual((await desk.pay(buyer, invoice.invoice_slug)).status, 'paid');
    const thanks = await message(desk, buyer, 'text');
    ok(thanks.text.startsWith('Thank you'), thanks.text);
  } finally {
    bot.kill('SIGTERM');
    await once(bot, 'exit');
  }
}

/** The newest message of the bot with this field. */
async function message(desk, user, field) {
  for (;;) {
    const found = (await desk.chat(user)).findLast((one) => one.from.is_bot && field in one);
    if (found) return found;
    await pause(50);
  }
}
