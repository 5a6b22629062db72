import { expect, test } from "../support/fixtures.ts";

test("a deep link lands on its product", async ({ window, telegram }) => {
  await window.open(await telegram.newUser(), { start_param: "p_blue-hour" });
  await expect(window.app.getByRole("heading", { level: 1 })).toHaveText("The Blue Hour, Explained");
  await expect(window.telegram("back-button")).toBeVisible();
});

test("a deep link to nothing lands on the shop", async ({ window, telegram }) => {
  await window.open(await telegram.newUser(), { start_param: "p_no-such-thing" });
  await expect(window.app.getByRole("link", { name: /Tea Weather/ }).first()).toBeVisible();
});

test("Telegram's back button leads back, and the launch survives it", async ({ window, telegram }) => {
  await window.open(await telegram.newUser({ stars: 500 }));
  await window.app.getByRole("link", { name: /Tea Weather/ }).first().click();
  await expect(window.telegram("main-button")).toHaveText(/Buy for/);
  await window.telegram("back-button").click();
  await expect(window.app.getByRole("searchbox")).toBeVisible();
  await expect(window.telegram("main-button")).toBeHidden();
});

test("the language is Telegram's", async ({ window, telegram }) => {
  await window.open(await telegram.newUser({ language: "ru" }), { start_param: "p_tea-weather" });
  await expect(window.app.locator("html")).toHaveAttribute("lang", "ru");
  await expect(window.app.getByRole("heading", { level: 1 })).toHaveText("Чайная погода");
  await expect(window.telegram("main-button")).toHaveText(/Купить за 150/);
});
