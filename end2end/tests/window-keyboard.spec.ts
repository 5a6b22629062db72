import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";

const address = "http://mini.localhost/";

test("an app of a keyboard button has no launch data, and what it sends reaches the bot", async ({ window, telegram, page }) => {
  await page.route(`${address}**`, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Sizes</h1>" }));
  const user = await telegram.newUser();
  await openDesk(window, user, "person");
  const button = { text: "Pick a size", web_app: { url: address } };
  await telegram.botCall("sendMessage", { chat_id: user.id, text: "Which?", reply_markup: { keyboard: [["Help"], [button]] } });
  await page.getByRole("button", { name: "Pick a size" }).click();
  await expect(window.app.getByRole("heading", { name: "Sizes" })).toBeVisible();
  const html = window.app.locator("html");
  expect(await html.evaluate(() => location.hash)).not.toContain("tgWebAppData");
  await html.evaluate(() => {
    parent.postMessage(JSON.stringify({ eventType: "web_app_data_send", eventData: { data: "L" } }), "*");
  });
  await expect(window.telegram("app-frame")).toHaveCount(0);
  await expect(window.telegram("message").last()).toContainText("Pick a size");
  const last = (await telegram.chat(user)).at(-1);
  expect(last?.web_app_data).toEqual({ button_text: "Pick a size", data: "L" });
});
