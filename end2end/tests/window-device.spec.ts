import { choose, openDesk, showDesk } from "../support/desk.ts";
import { expect, test, type Window } from "../support/fixtures.ts";

/** What the shop's script was told about its client. */
const told = (window: Window) =>
  window.app.locator("html").evaluate(() => {
    const { version, platform, isFullscreen, themeParams } = (globalThis as any).Telegram.WebApp;
    return { version, platform, isFullscreen, ground: themeParams.bg_color as string };
  });

/** Opens the shop anew by the desk and waits for it. */
async function openAnew(window: Window) {
  await window.telegram("launch").click();
  await expect(window.app.locator("main")).toBeVisible();
}

test("platform and version count from the next opening", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "device");
  await window.telegram("platform").selectOption("tdesktop");
  await window.telegram("version").selectOption("7.0");
  await openAnew(window);
  expect(await told(window)).toMatchObject({ platform: "tdesktop", version: "7.0" });
});

test("an app opens in fullscreen", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "device");
  await window.telegram("launch-fullscreen").click();
  await openAnew(window);
  expect(await told(window)).toMatchObject({ isFullscreen: true });
  await expect(window.page.locator(".app")).toHaveClass(/fullscreen/);
});

test("an old client has no fullscreen: the request is refused and recorded", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "device", { version: "7.10" });
  await openAnew(window);
  await window.app.locator("html").evaluate(() => {
    parent.postMessage(JSON.stringify({ eventType: "web_app_request_fullscreen", eventData: null }), "*");
  });
  await showDesk(window);
  const entry = window.telegram("inspector").locator('[data-name="web_app_request_fullscreen"]').first();
  await expect(entry).toHaveAttribute("data-fate", "refused");
  await expect(window.page.locator(".app")).not.toHaveClass(/fullscreen/);
});

test("a change of theme reaches the open app", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "device", { theme: "day" });
  await openAnew(window);
  expect((await told(window)).ground).toBe("#ffffff");
  await window.page.evaluate(() => document.querySelector<HTMLInputElement>('[data-testid="theme-night"]')?.click());
  await expect.poll(async () => (await told(window)).ground).toBe("#17212b");
});

test("a slow line makes the phone wait, and no line stops it", async ({ window, telegram }) => {
  const user = await telegram.newUser();
  await openDesk(window, user, "device");
  await choose(window, "network-slow");
  const begun = Date.now();
  await openAnew(window);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(2000);

  await openDesk(window, user, "device", { network: "offline" });
  await window.telegram("launch").click();
  await expect(window.page.getByText("The Mini App did not open")).toBeVisible();
  await expect(window.telegram("app-frame")).toHaveCount(0);
});

test("frames are a phone, a tablet and a desktop", async ({ window, telegram, look }) => {
  test.skip(look.frame === "full", "here the window is the phone");
  await openDesk(window, await telegram.newUser(), "device");
  for (const [frame, width] of [["tablet", 834], ["phone", 390]] as const) {
    await choose(window, `frame-${frame}`);
    await expect.poll(() => window.page.locator(".screen").evaluate((screen: any) => screen.offsetWidth)).toBe(width);
  }
});
