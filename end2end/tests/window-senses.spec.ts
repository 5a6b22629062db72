import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import type { User } from "../support/telegram.ts";
import type { Window } from "../support/fixtures.ts";

const address = "http://mini.test/";

/** Opens a page with Telegram's own script beside the desk's side for the device. */
async function open(window: Window, user: User, query: Record<string, string> = {}) {
  const script = await (await fetch(`${window.servers.sandbox}/js/telegram-web-app.js`)).text();
  const page = '<!doctype html><html lang="en"><title>Senses</title><script src="/script.js"></script><h1>Senses</h1></html>';
  await window.page.route(`${address}**`, (route) =>
    new URL(route.request().url()).pathname === "/script.js"
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: page }),
  );
  await openDesk(window, user, "device", { app: address, platform: "ios", ...query });
  await expect(window.app.getByRole("heading", { name: "Senses" })).toBeVisible();
}

/** Does something in the page; what it gives is awaited by the caller, after the window's questions. */
const inPage = <T>(window: Window, deed: (app: any, words?: any) => T | Promise<T>, words?: unknown) =>
  window.app.locator("html").evaluate(
    (_, [text, given]) => new Function("app", "words", `return (${text})(app, words)`)((globalThis as any).Telegram.WebApp, given),
    [deed.toString(), words] as const,
  ) as Promise<T>;

const init = (app: any) => new Promise<any>((done) => {
  const found = () => done((({ isBiometricAvailable, biometricType, isAccessRequested, isAccessGranted, isBiometricTokenSaved }) =>
    ({ isBiometricAvailable, biometricType, isAccessRequested, isAccessGranted, isBiometricTokenSaved }))(app.BiometricManager));
  app.BiometricManager.init(found);
});
const askAccess = (app: any) => new Promise((done) => app.BiometricManager.requestAccess({ reason: "For your keys" }, done));
const check = (app: any) => new Promise((done) => app.BiometricManager.authenticate({}, (ok: boolean, token: string) => done([ok, token])));
const keep = (app: any, token: string) => new Promise((done) => app.BiometricManager.updateBiometricToken(token, done));
const initPlace = (app: any) => new Promise<boolean>((done) => app.LocationManager.init(() => done(app.LocationManager.isLocationAvailable)));
const locate = (app: any) => new Promise<any>((done) => app.LocationManager.getLocation(done));

test("biometrics are asked for, keep a token and give it back to the person only", async ({ window, telegram }) => {
  await open(window, await telegram.newUser());
  expect(await inPage(window, init)).toEqual({
    isBiometricAvailable: true, biometricType: "face", isAccessRequested: false, isAccessGranted: false, isBiometricTokenSaved: false,
  });
  const access = inPage(window, askAccess);
  await expect(window.telegram("biometry-prompt")).toContainText("For your keys");
  await window.telegram("popup-button-allow").click();
  expect(await access).toBe(true);
  const kept = inPage(window, keep, "s3cret");
  await window.telegram("popup-button-try").click();
  expect(await kept).toBe(true);
  const known = inPage(window, check);
  await window.telegram("popup-button-try").click();
  expect(await known).toEqual([true, "s3cret"]);
  await window.telegram("recognised").uncheck({ force: true });
  const stranger = inPage(window, check);
  await window.telegram("popup-button-try").click();
  expect(await stranger).toEqual([false, null]);
});

test("who said no is not asked again, and a device without has none", async ({ window, telegram }) => {
  const user = await telegram.newUser();
  await open(window, user);
  await inPage(window, init);
  const access = inPage(window, askAccess);
  await window.telegram("popup-button-deny").click();
  expect(await access).toBe(false);
  expect(await inPage(window, askAccess)).toBe(false);
  await open(window, user, { platform: "tdesktop" });
  expect(await inPage(window, init)).toMatchObject({ isBiometricAvailable: false, biometricType: "unknown" });
  expect(await inPage(window, initPlace)).toBe(false);
});

test("an app that may know the place gets it", async ({ window, telegram }) => {
  await open(window, await telegram.newUser());
  expect(await inPage(window, initPlace)).toBe(true);
  const first = inPage(window, locate);
  await window.telegram("popup-button-allow").click();
  expect(await first).toMatchObject({ latitude: 48.2082, longitude: 16.3738, altitude: null });
  await window.telegram("latitude").fill("-33.86");
  await window.telegram("longitude").fill("151.21");
  await window.telegram("longitude").blur();
  expect(await inPage(window, locate)).toMatchObject({ latitude: -33.86, longitude: 151.21 });
  await window.telegram("located").uncheck({ force: true });
  expect(await inPage(window, locate)).toBe(null);
});

test("sensors tell how the phone is held and moved, at the rate that was asked for", async ({ window, telegram }) => {
  await open(window, await telegram.newUser());
  const values = (app: any, count: number) => new Promise<any>((done) => {
    const seen: any[] = [];
    const note = () => {
      const { x, y, z } = app.Accelerometer;
      seen.push({ x, y, z, at: performance.now() });
      if (seen.length < count) return;
      app.offEvent("accelerometerChanged", note);
      app.Accelerometer.stop(() => done(seen));
    };
    app.onEvent("accelerometerChanged", note);
    app.Accelerometer.start({ refresh_rate: 20 });
  });
  const still = await inPage(window, values, 5);
  expect(still[4].z).toBeCloseTo(9.81, 2);
  expect(still[4].at - still[0].at).toBeLessThan(4 * 1000);
  await window.telegram("tilt-beta").fill("90");
  expect((await inPage(window, values, 2))[1].y).toBeCloseTo(9.81, 2);
  await window.telegram("motion-wobble").check({ force: true });
  const moved = await inPage(window, values, 8);
  expect(new Set(moved.map(({ x }: { x: number }) => x)).size).toBeGreaterThan(4);
  const turned = (app: any) => new Promise((done) => app.DeviceOrientation.start({ need_absolute: true }, () =>
    app.onEvent("deviceOrientationChanged", () => done([app.DeviceOrientation.absolute, app.DeviceOrientation.beta > 1]))));
  expect(await inPage(window, turned)).toEqual([true, true]);
  await window.telegram("motion-none").check({ force: true });
  expect(await inPage(window, (app: any) => new Promise((done) => app.Gyroscope.start({}, done)))).toBe(false);
});

test("axe finds nothing on the side of the device", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "device");
  expect(await window.accessibilityFindings()).toEqual([]);
});
