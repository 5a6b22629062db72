import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import type { Telegram, User } from "../support/telegram.ts";

const MONTH = 2_592_000;

/** Somebody who pays 100 Stars each month, and has so many left after the first. */
async function subscriber(telegram: Telegram, left: number): Promise<User> {
  const user = await telegram.newUser({ stars: left + 100 });
  await telegram.play([{ do: "sell", user: user.id, stars: 100, payload: "club", period: MONTH }]);
  await telegram.advance(1);
  await expect.poll(() => telegram.balance(user)).toBe(left);
  return user;
}

test("a renewal comes when the clock reaches it", async ({ window, telegram }) => {
  const user = await subscriber(telegram, 300);
  await openDesk(window, user, "person");
  await expect(window.telegram("subscription-state")).toHaveText(/^Renews \d+ \w+ \d{4}, \d\d:\d\d$/);
  const before = await telegram.time();
  await window.telegram("subscription-jump").click();
  await expect.poll(() => telegram.balance(user)).toBe(200);
  expect((await telegram.time()).offset_seconds - before.offset_seconds).toBeGreaterThan(MONTH - 60);
  await expect(window.telegram("balance")).toContainText("200");
});

test("the next renewal fails on demand and is paid after all", async ({ window, telegram }) => {
  const user = await subscriber(telegram, 300);
  await openDesk(window, user, "person");
  await window.telegram("fail-next").click();
  await expect(window.telegram("subscription-state")).toContainText("Will fail to renew");
  await window.telegram("subscription-jump").click();
  const row = window.telegram("subscription");
  await expect(row).toHaveAttribute("data-standing", "failed");
  await expect(window.telegram("subscription-state")).toContainText("Not renewed");
  expect(await telegram.balance(user)).toBe(300);
  await window.telegram("subscription-pay").click();
  await expect(row).toHaveAttribute("data-standing", "active");
  await expect.poll(() => telegram.balance(user)).toBe(200);
});

test("a subscription is cancelled, taken up again, and ends when it is not", async ({ window, telegram }) => {
  const user = await subscriber(telegram, 300);
  await openDesk(window, user, "person");
  const state = window.telegram("subscription-state");
  await window.telegram("subscription-cancel").click();
  await expect(state).toContainText("Cancelled, ends");
  await window.telegram("subscription-reactivate").click();
  await expect(state).toContainText("Renews");
  await window.telegram("subscription-cancel").click();
  await expect(state).toContainText("Cancelled, ends");
  await window.telegram("subscription-jump").click();
  await expect(state).toContainText("Over since");
  expect(await telegram.balance(user)).toBe(300);
});

test("nobody's subscriptions are somebody else's", async ({ window, telegram }) => {
  const user = await subscriber(telegram, 0);
  const other = await telegram.newUser();
  await openDesk(window, other, "person");
  await expect(window.telegram("subscriptions")).toHaveText("None yet");
  await window.telegram("switch-person").selectOption(String(user.id));
  await expect(window.telegram("subscription")).toHaveCount(1);
});
