import { expect, type Window } from "./fixtures.ts";

/** What a buyer does in the shop, as steps that tests share. */

/** Opens a product from the home page's list. */
export async function openProduct(window: Window, title: string) {
  await window.app.getByRole("link", { name: title }).first().click();
  await expect(window.app.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** Presses the native buy button, waits for Telegram's payment sheet, and gives the invoice's slug. */
export async function askToPay(window: Window): Promise<string> {
  await expect(window.telegram("main-button")).toHaveText(/Buy for/);
  const form = window.page.waitForRequest((request) => request.url().endsWith("/api/forms"));
  await window.telegram("main-button").click();
  await expect(window.telegram("pay-sheet")).toBeVisible();
  return ((await form).postDataJSON() as { slug: string }).slug;
}

/** Confirms in Telegram's payment sheet. */
export async function confirm(window: Window) {
  await window.telegram("pay-confirm").click();
}

/** Buys what is on the screen and waits until the shop says that it is there, and nothing lies over it. */
export async function buy(window: Window) {
  await askToPay(window);
  await confirm(window);
  await expectYours(window);
  await expect(window.telegram("pay-sheet")).toBeHidden();
}

/** The shop says that the goods are the buyer's. */
export async function expectYours(window: Window) {
  await expect(window.app.getByText("It’s yours").first()).toBeVisible({ timeout: 20_000 });
}

/** Goes to the buyer's purchases by the tab bar. */
export async function openLibrary(window: Window) {
  await goTo(window, "/library");
  await expect(window.app.locator("#library")).toHaveAttribute("aria-busy", "false");
}

/** Leads the frame to a path of the shop, as a link in it would. */
export async function goTo(window: Window, path: string) {
  const frame = window.page.frame({ url: new RegExp(`^${window.servers.shop}`) });
  if (!frame) throw new Error("the shop is not open");
  await frame.evaluate((to) => {
    const link = document.createElement("a");
    link.href = to;
    document.body.append(link);
    link.click();
  }, path);
  await frame.waitForURL((url) => url.pathname === path);
}
