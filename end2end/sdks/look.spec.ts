import { expect, test } from "./fixtures.ts";

const NONE = { top: 0, right: 0, bottom: 0, left: 0 };

test("launch parameters and initData", async ({ open }) => {
  const { drive, user } = await driven(open({ platform: "android", version: "9.1" }));
  const launch = await drive("launch");
  expect(launch).toMatchObject({ user: user.id, start: null, platform: "android", version: "9.1" });
  expect(new URLSearchParams(launch.raw).get("hash")).toMatch(/^[0-9a-f]{64}$/);
});

test("start parameter", async ({ open }) => {
  const { drive } = await driven(open({ start_param: "gift-7" }));
  expect((await drive("launch")).start).toBe("gift-7");
});

test("theme, and its change", async ({ open, page }) => {
  const { drive } = await driven(open({ theme: "day", tab: "device" }));
  expect(await drive("theme")).toEqual({ ground: "#ffffff", dark: false });
  await page.getByTestId("theme-night").check({ force: true });
  await expect.poll(() => drive("theme")).toEqual({ ground: "#17212b", dark: true });
});

test("viewport, and expanding", async ({ open, page }) => {
  const { drive } = await driven(open());
  const tall = async () => (await page.getByTestId("app-frame").evaluate((frame: any) => frame.offsetHeight)) as number;
  await expect.poll(() => drive("viewport")).toEqual({ height: await tall(), stable: await tall(), expanded: false });
  const before = await tall();
  await drive("expand");
  await expect.poll(async () => (await drive("viewport")).expanded).toBe(true);
  await expect.poll(tall).toBeGreaterThan(before);
  // Both anew each time: the frame is still on its way.
  await expect.poll(async () => (await drive("viewport")).stable - (await tall())).toBe(0);
});

test("fullscreen, and leaving it", async ({ open, page }) => {
  const { drive } = await driven(open());
  await drive("requestFullscreen");
  expect(await drive("fullscreen")).toBe(true);
  await expect(page.locator(".app")).toHaveClass(/fullscreen/);
  await drive("exitFullscreen");
  expect(await drive("fullscreen")).toBe(false);
});

test("safe areas of device and content", async ({ open, page }) => {
  const { drive } = await driven(open({ notch: "1", tab: "device" }));
  await expect.poll(() => drive("safeAreas")).toEqual({ device: { ...NONE, bottom: 34 }, content: NONE });
  await drive("requestFullscreen");
  await expect.poll(() => drive("safeAreas")).toEqual({ device: { ...NONE, top: 47, bottom: 34 }, content: { ...NONE, top: 46 } });
  await page.getByTestId("insets").click();
  await page.getByTestId("insets-island").click();
  await expect.poll(async () => (await drive("safeAreas")).device).toEqual({ ...NONE, top: 59, bottom: 34 });
  await page.getByTestId("inset-left").fill("21");
  await page.getByTestId("inset-content").fill("60");
  await page.getByTestId("inset-content").press("Tab");
  await expect.poll(() => drive("safeAreas")).toEqual({ device: { ...NONE, top: 59, bottom: 34, left: 21 }, content: { ...NONE, top: 60 } });
  await page.getByTestId("notch").uncheck({ force: true });
  await expect.poll(async () => (await drive("safeAreas")).device).toEqual(NONE);
});

/** A page's functions, free of their page. */
async function driven(opening: Promise<import("./fixtures.ts").Stage>) {
  const stage = await opening;
  return { drive: stage.drive.bind(stage), user: stage.user };
}
