// A shop of one thing, in grammY: /buy sends an invoice, a payment brings the thing.

import { Bot } from 'grammy';

const bot = new Bot(process.env.BOT_TOKEN ?? '42:TEST', {
  client: { apiRoot: process.env.SANDBOX ?? 'http://127.0.0.1:8081' },
});

bot.command('buy', (ctx) =>
  ctx.replyWithInvoice('Postcard', 'A picture of the sea', 'postcard-1', 'XTR', [{ label: 'Postcard', amount: 50 }]),
);

bot.on('pre_checkout_query', (ctx) => {
  const known = ctx.preCheckoutQuery.invoice_payload === 'postcard-1';
  return ctx.answerPreCheckoutQuery(known, { error_message: 'This is not for sale any more.' });
});

bot.on('message:successful_payment', (ctx) => ctx.reply('Thank you! Here is the sea: 🌊'));

process.once('SIGTERM', () => bot.stop());
await bot.start();
