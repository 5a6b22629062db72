import { expect, test } from "../support/fixtures.ts";
import { askToPay, buy } from "../support/shop.ts";

test("a code lowers the price once, and says why it does not", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 500 });
  await window.open(user, { start_param: "p_polite-ghosts" });
  await expect(window.telegram("main-button")).toHaveText(/150/);

  const field = window.app.getByRole("textbox", { name: "Your code" });
  await expect(field).toBeHidden();
  await window.app.getByText("Have a code?").click();
  await field.fill("moonlight");
  await field.press("Enter");
  await expect(window.app.getByText("There is no such code.")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");

  await field.fill("lantern");
  await window.app.getByRole("button", { name: "Use it" }).click();
  await expect(window.app.getByText("With LANTERN you pay less.")).toBeVisible();
  await expect(window.app.locator("s.price-before")).toContainText("150");
  await expect(window.telegram("main-button")).toHaveText(/120/);
  await buy(window);
  expect(await telegram.balance(user)).toBe(380);

  await window.open(user, { start_param: "p_polite-ghosts" });
  await window.app.getByText("Have a code?").click();
  await field.fill("LANTERN");
  await field.press("Enter");
  await expect(window.telegram("main-button")).toHaveText(/120/);
  await window.telegram("main-button").click();
  await expect(window.app.getByText("You have used this code already.").first()).toBeVisible();
});

test("a page without codes has no field for one", async ({ window, telegram }) => {
  await window.open(await telegram.newUser({ stars: 500 }), { start_param: "p_tea-weather" });
  await askToPay(window);
  await expect(window.app.getByText("Have a code?")).toHaveCount(0);
});
