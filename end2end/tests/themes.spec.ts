import { expect, test } from "../support/fixtures.ts";

test.describe("a theme that cannot be read", () => {
  test.use({ look: { frame: "full", theme: "hostile" } });

  test("gives way in the shop, and in Telegram's own button", async ({ window, telegram }) => {
    await window.open(await telegram.newUser(), { start_param: "p_tea-weather" });
    await expect(window.app.locator("html")).toHaveAttribute("data-contrast", "fixed");
    const button = window.telegram("main-button");
    await expect(button).toHaveText(/Buy for/);
    await expect(button).toHaveCSS("background-color", "rgb(10, 110, 214)");
    await expect(button).toHaveCSS("color", "rgb(255, 255, 255)");
  });
});
