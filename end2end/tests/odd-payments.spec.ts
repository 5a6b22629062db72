import { expect, test } from "../support/fixtures.ts";
import { askToPay, buy, confirm, expectYours, goTo, openLibrary } from "../support/shop.ts";

test("a closed sheet, paid later: the screen ends at the goods", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 300 });
  await window.open(user, { start_param: "p_tea-weather" });
  const slug = await askToPay(window);
  await window.telegram("pay-close").click();
  await expect(window.telegram("pay-sheet")).toHaveCount(0);

  const paid = await telegram.pay(slug, user);
  expect(paid.status).toBe("paid");
  await expectYours(window);
});

for (const outcome of ["failed_but_paid", "cancelled_but_paid", "pending", "double_update"] as const) {
  test(`Telegram's client says something else than what happened: ${outcome}`, async ({ window, telegram }) => {
    const user = await telegram.newUser({ stars: 300 });
    await window.open(user, { start_param: "p_tea-weather", query: { outcome } });
    await askToPay(window);
    await confirm(window);
    await expectYours(window);
    expect(await telegram.balance(user)).toBe(150);
  });
}

test("a double tap opens one order", async ({ window, telegram, page }) => {
  const user = await telegram.newUser({ stars: 600 });
  await window.open(user, { start_param: "p_tea-weather" });
  let orders = 0;
  page.on("request", (request) => {
    if (request.url().includes("/api/app/open_order")) orders += 1;
  });
  await expect(window.telegram("main-button")).toHaveText(/Buy for/);
  await window.telegram("main-button").dblclick();
  await expect(window.telegram("pay-sheet")).toBeVisible();
  expect(orders).toBe(1);
  await confirm(window);
  await expectYours(window);
  expect(await telegram.balance(user)).toBe(450);
  await openLibrary(window);
});

test("an invoice can be paid by nobody but its buyer", async ({ window, telegram }) => {
  const first = await telegram.newUser({ stars: 300 });
  const second = await telegram.newUser({ stars: 300 });
  await window.open(first, { start_param: "p_tea-weather" });
  const slug = await askToPay(window);
  const refused = await telegram.pay(slug, second);
  expect(refused.status).toBe("failed");
  expect(refused.error_message).toContain("belongs to somebody else");
  expect(await telegram.balance(second)).toBe(300);
});

test("goods that were owed when the shop stopped are sent when it runs again", async ({ window, telegram, servers }) => {
  const user = await telegram.newUser({ stars: 300 });
  await window.open(user, { start_param: "p_sharlotka" });
  await telegram.faults({ methods: [{ method: "sendMessage", error_code: 500 }] });
  try {
    await askToPay(window);
    await confirm(window);
    await expectYours(window);
    await servers.restartShop();
  } finally {
    await telegram.faults({});
  }
  await expect
    .poll(async () => JSON.stringify(await telegram.chat(user)), { timeout: 30_000 })
    .toContain("The recipe");
});

test("an order that was paid twice says what comes back, and why", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 300 });
  await window.open(user, { start_param: "p_tea-weather" });
  await buy(window);
  await openLibrary(window);
  const link = await window.app.locator('#library a[href*="/orders/"]').first().getAttribute("href");
  const order = /orders\/([\w-]+)/.exec(link ?? "")?.[1];
  await telegram.play([{ do: "sell", user: user.id, stars: 150, payload: order }]);
  await expect
    .poll(async () => JSON.stringify(await telegram.chat(user)), { timeout: 20_000 })
    .toContain("second payment goes back");
  await goTo(window, `/orders/${order}`);
  await expect(window.app.getByText("This order was paid before.")).toBeVisible();
  await expect(window.app.getByText("Stars that came back to you")).toBeVisible();
  expect(await telegram.balance(user)).toBe(150);
});
