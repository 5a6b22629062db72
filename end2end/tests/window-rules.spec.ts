import { expect, test } from "../support/alone.ts";
import { Mini } from "../support/mini.ts";

/** What Telegram drops without a word, and the window with one. Sources: Mini Apps, web events. */
const REFUSED: [string, string, object, RegExp][] = [
  ["a file by http", "web_app_request_file_download", { url: "http://files.example/sea.png", file_name: "sea.png" }, /https/],
  ["a long story", "web_app_share_to_story", { media_url: "https://files.example/sea.png", text: "x".repeat(201) }, /200/],
  ["a long name of a story's link", "web_app_share_to_story", { media_url: "https://files.example/sea.png", widget_link: { url: "https://example.org", name: "x".repeat(49) } }, /48/],
  ["a long id of a popup's button", "web_app_open_popup", { message: "?", buttons: [{ id: "x".repeat(65), type: "ok" }] }, /64/],
  ["a long text over the QR scanner", "web_app_open_scan_qr_popup", { text: "x".repeat(65) }, /64/],
  ["a long inline query", "web_app_switch_inline_query", { query: "x".repeat(257), chat_types: [] }, /256/],
  ["a key that no header takes", "web_app_set_header_color", { color_key: "bottom_bar_bg_color" }, /header/],
];

test("what breaks a bound is refused", async ({ window, telegram }) => {
  const mini = new Mini(window);
  await mini.open(await telegram.newUser(), { platform: "ios" });
  for (const [what, name, data, why] of REFUSED) {
    await test.step(what, async () => {
      await mini.say(name, data);
      await mini.isRefused(name, why);
    });
  }
});

test("Premium's stories have longer texts", async ({ window, telegram }) => {
  const mini = new Mini(window);
  const user = await telegram.newUser();
  await telegram.changeUser(user, { is_premium: true });
  await mini.open(user);
  await mini.say("web_app_share_to_story", { media_url: "https://files.example/sea.png", text: "x".repeat(2048) });
  await expect(window.telegram("story")).toContainText("xxx");
});

test("a link opens after a tap, and not by itself", async ({ window, telegram, page }) => {
  const mini = new Mini(window);
  // Playwright's own scripts count as taps, so the browser's word is given to it.
  await page.addInitScript(() => Object.defineProperty(navigator, "userActivation", { value: { isActive: false } }));
  await mini.open(await telegram.newUser());
  await mini.say("web_app_open_link", { url: "https://example.org/" });
  await mini.isRefused("web_app_open_link", /right after/);
  await page.evaluate(() => ((navigator as any).userActivation.isActive = true));
  await mini.say("web_app_open_link", { url: "https://example.org/" });
  await expect(window.telegram("open-link")).toContainText("https://example.org/");
});

test("a file of this machine needs no https", async ({ window, telegram }) => {
  const mini = new Mini(window);
  await mini.open(await telegram.newUser());
  await mini.say("web_app_request_file_download", { url: "http://127.0.0.1:9/sea.png", file_name: "sea.png" });
  await expect(window.telegram("download-prompt")).toContainText("sea.png");
});

test("a header has a colour of its own since 6.9", async ({ window, telegram }) => {
  const mini = new Mini(window);
  const user = await telegram.newUser();
  const head = () => window.page.locator(".app-head").evaluate((element: any) => element.style.getPropertyValue("--head-ground"));
  await mini.open(user, { version: "6.7" });
  await mini.say("web_app_set_header_color", { color: "#123456" });
  await mini.isRefused("web_app_set_header_color", /6\.9/);
  await mini.open(user, { version: "6.9" });
  await mini.say("web_app_set_header_color", { color: "#123456" });
  await expect.poll(head).toBe("#123456");
});

test("the end of a scan is told since 7.7", async ({ window, telegram, page }) => {
  const mini = new Mini(window);
  const user = await telegram.newUser();
  for (const [version, told] of [["7.6", []], ["7.7", [{}]]] as const) {
    await mini.open(user, { version, platform: "ios" });
    await mini.say("web_app_open_scan_qr_popup");
    await page.getByTestId("popup-button-close").click();
    await expect(window.telegram("scan-prompt")).toHaveCount(0);
    await mini.say("web_app_read_text_from_clipboard", { req_id: "after" });
    await page.getByTestId("popup-button-nothing").click();
    await mini.hears("clipboard_text_received", [{ req_id: "after" }]);
    expect(await mini.heard("scan_qr_popup_closed")).toEqual(told);
  }
});

test("an app closes its scanner, and opens no second one", async ({ window, telegram }) => {
  const mini = new Mini(window);
  await mini.open(await telegram.newUser(), { platform: "ios" });
  await mini.say("web_app_open_scan_qr_popup");
  await expect(window.telegram("scan-prompt")).toBeVisible();
  await mini.say("web_app_open_scan_qr_popup");
  await mini.isRefused("web_app_open_scan_qr_popup", /asked already/);
  await mini.say("web_app_close_scan_qr_popup");
  await expect(window.telegram("scan-prompt")).toHaveCount(0);
  await mini.hears("scan_qr_popup_closed", [{}]);
});

test("Web A has no device storage, Web K has one", async ({ window, telegram }) => {
  const mini = new Mini(window);
  const user = await telegram.newUser();
  await mini.open(user, { platform: "weba" });
  await mini.say("web_app_device_storage_save_key", { req_id: "1", key: "a", value: "b" });
  await mini.say("web_app_device_storage_get_key", { req_id: "2", key: "a" });
  await mini.say("web_app_device_storage_clear", { req_id: "3" });
  await mini.hears("device_storage_failed", ["1", "2", "3"].map((req_id) => ({ req_id, error: "UNSUPPORTED" })));
  await mini.open(user, { platform: "webk" });
  await mini.say("web_app_device_storage_save_key", { req_id: "1", key: "a", value: "b" });
  await mini.say("web_app_device_storage_get_key", { req_id: "2", key: "a" });
  await mini.hears("device_storage_key_received", [{ req_id: "2", value: "b" }]);
});

test("three popups within three seconds, and as many other questions as there are", async ({ window, telegram, page }) => {
  const mini = new Mini(window);
  await mini.open(await telegram.newUser(), { platform: "ios" });
  const popup = { message: "Sure?", buttons: [{ id: "yes", type: "ok" }] };
  // Done in the page: the browser's own time for a click does not count.
  const four = (event: string, data: object, answer: string) => page.evaluate(async ([name, told, button]) => {
    const frame = document.querySelector<HTMLIFrameElement>("iframe")!;
    for (let turn = 0; turn < 4; turn += 1) {
      frame.contentWindow!.postMessage({ relay: [name, told] }, "*");
      await new Promise((done) => setTimeout(done, 150));
      document.querySelector<HTMLElement>(`[data-testid="popup-button-${button}"]`)?.click();
      await new Promise((done) => setTimeout(done, 150));
    }
  }, [event, data, answer] as const);
  await window.app.locator("html").evaluate(() => {
    addEventListener("message", ({ data }) => data.relay && (globalThis as any).say(...data.relay));
  });
  await four("web_app_open_popup", popup, "yes");
  await mini.hears("popup_closed", [{ button_id: "yes" }, { button_id: "yes" }, { button_id: "yes" }, {}]);
  const file = { url: "https://files.example/sea.png", file_name: "sea.png" };
  await four("web_app_request_file_download", file, "cancel");
  await mini.hears("file_download_requested", Array(4).fill({ status: "cancelled" }));
  await four("web_app_request_phone", {}, "cancel");
  await mini.hears("phone_requested", Array(4).fill({ status: "cancelled" }));
});

test("a start parameter that Telegram does not know starts nothing", async ({ window, telegram }) => {
  const mini = new Mini(window);
  const user = await telegram.newUser();
  const { username } = await telegram.botCall<{ username: string }>("getMe", {});
  await mini.open(user, { bot: username });
  await mini.say("web_app_open_tg_link", { path_full: `/${username}?start=${"x".repeat(65)}` });
  await expect(window.telegram("restore-app")).toBeVisible();
  await mini.say("web_app_open_tg_link", { path_full: `/${username}?start=a%20b` });
  await mini.say("web_app_open_tg_link", { path_full: `/${username}?start=good_one` });
  await expect(window.telegram("message").last()).toContainText("/start good_one");
  expect((await telegram.chat(user)).filter(({ text }) => text?.startsWith("/start")).map(({ text }) => text)).toEqual(["/start", "/start good_one"]);
});
