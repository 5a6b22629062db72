import { expect, test } from "../support/alone.ts";
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
