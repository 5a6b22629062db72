import { expect, test } from "./fixtures.ts";

test("popup", async ({ open, page }) => {
  const stage = await open();
  const question = {
    title: "Delete?", message: "It cannot be undone.",
    buttons: [{ id: "yes", type: "destructive", text: "Delete" }, { id: "no", type: "cancel" }],
  };
  const answer = stage.drive("popup", question);
  await expect(page.getByTestId("popup")).toContainText("It cannot be undone.");
  await page.getByTestId("popup-button-yes").click();
  expect(await answer).toBe("yes");
  const dismissed = stage.drive("popup", question);
  await page.getByTestId("popup").press("Escape");
  expect(await dismissed).toBe(null);
});

test("request for write access", async ({ open, page }) => {
  const stage = await open();
  const no = stage.drive("writeAccess");
  await page.getByTestId("popup-button-cancel").click();
  expect(await no).toBe(false);
  expect(await stage.canWrite()).toBe(false);
  const yes = stage.drive("writeAccess");
  await page.getByTestId("popup-button-allow").click();
  expect(await yes).toBe(true);
  expect(await stage.canWrite()).toBe(true);
});

test("request for the contact", async ({ open, page }) => {
  const stage = await open();
  const no = stage.drive("contact");
  await page.getByTestId("popup-button-cancel").click();
  expect(await no).toBe(null);
  const yes = stage.drive("contact");
  await page.getByTestId("popup-button-share").click();
  const { user_id, phone_number } = await yes;
  expect(Number(user_id)).toBe(stage.user.id);
  expect(String(phone_number)).toMatch(/^1\d{3}55501\d\d$/);
});

test("QR scanner", async ({ open, page }) => {
  const stage = await open();
  const code = stage.drive("scan", "The code on the ticket");
  await expect(page.getByTestId("scan-prompt")).toContainText("The code on the ticket");
  await page.getByTestId("scan-prompt").getByRole("textbox").fill("ticket-7");
  await page.getByTestId("popup-button-scan").click();
  expect(await code).toBe("ticket-7");
  await expect(page.getByTestId("scan-prompt")).toHaveCount(0);
});

test("clipboard", async ({ open, page }) => {
  const stage = await open();
  const text = stage.drive("clipboard");
  await page.getByTestId("clipboard-prompt").getByRole("textbox").fill("SUMMER");
  await page.getByTestId("popup-button-give").click();
  expect(await text).toBe("SUMMER");
  const nothing = stage.drive("clipboard");
  await page.getByTestId("popup-button-nothing").click();
  expect(await nothing).toBe(null);
});

test("links, of the web and of Telegram", async ({ open, page, bot }) => {
  const stage = await open();
  await stage.drive("openLink", "https://example.org/terms");
  await expect(page.getByTestId("open-link")).toContainText("https://example.org/terms");
  await page.getByTestId("popup-button-cancel").click();
  const { username } = await bot.call<{ username: string }>("getMe");
  await stage.drive("openTelegramLink", `https://t.me/${username}?start=help`);
  await expect(page.getByTestId("message").last()).toContainText("/start help");
});

test("home screen, asked for its status", async ({ open }) => {
  const stage = await open();
  expect(await stage.drive("homeScreen")).toBe("missed");
});

test("sharing a prepared message", async ({ open, page, bot }) => {
  const stage = await open();
  const result = { type: "article", id: "1", title: "Sea", input_message_content: { message_text: "The sea" } };
  const wish = { user_id: stage.user.id, result, allow_bot_chats: true };
  const { id } = await bot.call<{ id: string }>("savePreparedInlineMessage", wish);
  const sent = stage.drive("shareMessage", id);
  await page.getByTestId("popup-button-share").click();
  expect(await sent).toBe(true);
});
