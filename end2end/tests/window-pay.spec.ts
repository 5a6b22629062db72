import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import { Mini } from "../support/mini.ts";

test("a form to pay is good for ten minutes", async ({ window, telegram, page }) => {
  const user = await telegram.newUser({ stars: 100 });
  const link = await telegram.botCall<string>("createInvoiceLink", {
    title: "Postcard", description: "A picture of the sea", payload: "postcard", currency: "XTR", prices: [{ label: "Postcard", amount: 50 }],
  });
  const slug = new URL(link).pathname.replace(/^\/(\$|invoice\/)/, "");
  const mini = new Mini(window);
  await mini.open(user);
  await mini.say("web_app_open_invoice", { slug });
  await expect(page.getByTestId("pay-sheet")).toBeVisible();
  await telegram.advance(601);
  await page.getByTestId("pay-confirm").click();
  await expect(page.getByTestId("pay-error")).toContainText("FORM_EXPIRED");
  expect(await telegram.balance(user)).toBe(100);
  await page.getByTestId("pay-close").click();
  await mini.hears("invoice_closed", [{ slug, status: "failed" }]);
});

test("media with a price are covered until they are paid", async ({ window, telegram, page }) => {
  const user = await telegram.newUser({ stars: 100 });
  const pixel = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
  const media = [{ type: "photo", media: "attach://one" }];
  const group = await telegram.found(user, "supergroup", "Gallery");
  await openDesk(window, user, "person");
  for (const [chat_id, balance] of [[user.id, 70], [group, 40]] as const) {
    if (chat_id === group) {
      const back = page.getByRole("button", { name: "Chats", exact: true });
      if (await back.isVisible()) await back.click();
      await window.telegram(`chat-${group}`).click();
    }
    await telegram.upload("sendPaidMedia", { chat_id, star_count: 30, media, caption: "Look" }, { one: pixel });
    const card = window.telegram("message").last();
    await expect(card.getByRole("img", { name: "Covered photo" })).toBeVisible();
    expect(await window.accessibilityFindings()).toEqual([]);
    await card.getByRole("button", { name: "Unlock for 30 Stars" }).click();
    await window.telegram("popup-button-unlock").click();
    await expect(card.getByTestId("unlock")).toHaveCount(0);
    await expect(card.locator("img.photo")).toHaveJSProperty("naturalWidth", 1);
    expect(await telegram.balance(user)).toBe(balance);
  }
});
