import { expect, test } from "../support/fixtures.ts";
import { askToPay, confirm, openLibrary } from "../support/shop.ts";

test("what is sold out cannot be bought, and says so", async ({ window, telegram }) => {
  await window.open(await telegram.newUser(), { start_param: "p_moth-atlas" });
  await expect(window.app.getByText("Sold out").first()).toBeVisible();
  const button = window.telegram("main-button");
  await expect(button).toHaveText("Sold out");
  await expect(button).toBeDisabled();
});

test("a declined payment takes nothing and leaves the button", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 300 });
  await window.open(user, { start_param: "p_tea-weather" });
  await askToPay(window);
  await window.telegram("pay-close").click();
  await expect(window.telegram("pay-sheet")).toHaveCount(0);
  await expect(window.telegram("main-button")).toBeEnabled();
  expect(await telegram.balance(user)).toBe(300);
  await openLibrary(window);
  await expect(window.app.getByText("Nothing here yet")).toBeVisible();
});

test("a paused shop refuses in the payment sheet, with its own sentence", async ({ window, telegram, servers }) => {
  const user = await telegram.newUser({ stars: 300 });
  await window.open(user, { start_param: "p_tea-weather" });
  await askToPay(window);
  servers.command("shop", "pause");
  try {
    await confirm(window);
    await expect(window.telegram("pay-error")).toContainText("The shop is taking a break");
    expect(await telegram.balance(user)).toBe(300);
  } finally {
    servers.command("shop", "resume");
  }
});

test("the balance is too low: top up, and the same order goes on", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 10 });
  await window.open(user, { start_param: "p_tea-weather" });
  await askToPay(window);
  await confirm(window);
  await expect(window.telegram("top-up-sheet")).toBeVisible();
});
