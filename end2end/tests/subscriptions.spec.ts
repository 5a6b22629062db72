import { TOKEN } from "../support/servers.ts";
import { type Window, expect, test } from "../support/fixtures.ts";
import { confirm, expectYours, goTo, openLibrary, openProduct } from "../support/shop.ts";
import type { User } from "../support/telegram.ts";

const PRODUCT = "open-sketchbook";

/** A subscription as the sandbox keeps it. */
interface Subscription {
  charge_id: string;
  amount: number;
  period: number;
  standing: "active" | "canceled" | "stopped_by_bot" | "failed" | "lapsed";
}

/** The buyer's subscription to the shop's bot. */
async function subscription(window: Window, user: User): Promise<Subscription | undefined> {
  const query = new URLSearchParams({ token: TOKEN, user_id: String(user.id) });
  const answer = await fetch(`${window.servers.sandbox}/api/subscriptions?${query}`);
  return ((await answer.json()) as Subscription[])[0];
}

/** The buyer does something about it in Telegram's settings. */
async function inTelegram(window: Window, charge_id: string, action: "cancel" | "reactivate") {
  const answer = await fetch(`${window.servers.sandbox}/api/subscriptions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: TOKEN, charge_id, action }),
  });
  expect(answer.status).toBe(200);
}

/** Chooses an offer and pays it in Telegram's own sheet. */
async function take(window: Window, offer: string, button: RegExp) {
  await window.app.getByRole("radio", { name: offer }).check();
  await expect(window.telegram("main-button")).toHaveText(button);
  await window.telegram("main-button").click();
  await expect(window.telegram("pay-sheet")).toBeVisible();
  await confirm(window);
  await expectYours(window);
}

const subscribe = (window: Window) => take(window, "By the month", /^Subscribe for 250/);
const standing = (window: Window) => window.app.locator("[data-standing]");

/** Purchases once they say this: the shop hears of Telegram's doings a moment later. */
async function expectInLibrary(window: Window, says: RegExp) {
  await expect(async () => {
    await goTo(window, "/settings");
    await openLibrary(window);
    await expect(standing(window)).toContainText(says, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

test("subscribe, stop the renewal, allow it again", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 500 });
  await window.open(user);
  await expect(window.app.getByRole("link", { name: /The Open Sketchbook.*for 7.days/ })).toBeVisible();
  await openProduct(window, "The Open Sketchbook");
  await expect(window.app.getByText(/A subscription renews every 30.days until you stop it/)).toBeVisible();
  await expect(window.app.getByText(/what is left of one is credited to the next/)).toBeVisible();
  expect(await window.accessibilityFindings(), "offers").toEqual([]);
  await subscribe(window);
  expect(await telegram.balance(user)).toBe(250);
  expect(await subscription(window, user)).toMatchObject({ amount: 250, period: 2592000, standing: "active" });
  expect(await window.accessibilityFindings(), "subscribed").toEqual([]);

  await openLibrary(window);
  await expect(standing(window)).toContainText(/Renews on \d+.\w+.\d{4} for 250.Stars/);
  expect(await window.accessibilityFindings(), "renews").toEqual([]);

  const stop = standing(window).getByRole("button", { name: "Stop renewal" });
  await stop.click();
  await window.telegram("popup-button-no").click();
  await expect(standing(window)).toContainText("Renews on");
  await stop.click();
  await expect(window.page.getByText(/Nothing more is taken. “The Open Sketchbook” stays yours until/)).toBeVisible();
  await window.telegram("popup-button-yes").click();
  await expect(standing(window)).toContainText("not renewed");
  await expect(standing(window)).toBeFocused();
  await expect(window.app.locator("#toast")).toContainText("not renewed");
  expect(await window.accessibilityFindings(), "stopped").toEqual([]);
  await expect.poll(async () => (await subscription(window, user))?.standing).toBe("stopped_by_bot");

  await standing(window).getByRole("button", { name: "Allow renewal again" }).click();
  await expect(standing(window)).toContainText("Settings → Your Stars in Telegram");
  await expect(standing(window).getByRole("button")).toHaveCount(0);
  await expect(window.app.locator("#toast")).toContainText("To turn it on again");
  await expect.poll(async () => (await subscription(window, user))?.standing).toBe("canceled");
  const charge = (await subscription(window, user))?.charge_id ?? "";
  await inTelegram(window, charge, "reactivate");
  await expectInLibrary(window, /Renews on/);
});

test.describe("whatever it looks like", () => {
  test.skip(({ look }) => look.frame !== "full", "one look is enough");

  test("what is stopped in Telegram is not renewed, and says where to turn it on", async ({ window, telegram }) => {
    const user = await telegram.newUser({ stars: 500 });
    await window.open(user, { start_param: `p_${PRODUCT}` });
    await subscribe(window);
    const charge = (await subscription(window, user))?.charge_id ?? "";
    await inTelegram(window, charge, "cancel");
    await expectInLibrary(window, /not renewed/);
    await expect(standing(window)).toContainText("Settings → Your Stars in Telegram");
    await window.app.getByRole("link", { name: /The Open Sketchbook/ }).first().click();
    await expect(standing(window)).toContainText("not renewed");
    await expect(window.app.getByText(/every 30.days/)).toBeVisible();
    expect(await window.accessibilityFindings(), "order").toEqual([]);
  });

  test("another plan takes over what is left", async ({ window, telegram }) => {
    const user = await telegram.newUser({ stars: 1000 });
    await window.open(user, { start_param: `p_${PRODUCT}` });
    await take(window, "A week of it", /^Buy for 90/);
    await openLibrary(window);
    await expect(standing(window)).toContainText(/Ends on \d+.\w+.\d{4}/);
    await expect(standing(window).getByRole("button")).toHaveCount(0);

    await goTo(window, `/p/${PRODUCT}`);
    await subscribe(window);
    await openLibrary(window);
    await expect(standing(window)).toHaveCount(1);
    // 90 Stars of 250 are worth 10 days and some hours, less the seconds in between.
    await expect(standing(window)).toContainText("With 10\u{a0}days carried over");
    await expect(window.app.getByText("Changed to another plan")).toBeVisible();
    await window.app.getByRole("link", { name: /Changed to another plan/ }).click();
    await expect(standing(window)).toContainText("Changed to another plan");
    expect(await window.accessibilityFindings(), "changed").toEqual([]);
  });

  test("nobody changes the renewal of another", async ({ window, telegram }) => {
    const user = await telegram.newUser({ stars: 500 });
    await window.open(user, { start_param: `p_${PRODUCT}` });
    await subscribe(window);
    await openLibrary(window);
    const order = await standing(window).getAttribute("data-standing");
    const stranger = await telegram.newUser({ stars: 500 });
    const shop = window.servers.shop;
    const call = async (name: string, body: unknown, token?: string) => {
      const answer = await fetch(`${shop}/api/app/${name}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, string> };
    };
    const { init_data } = await telegram.launch(stranger);
    const session = await call("start_session", { init_data });
    const theirs = await call("change_renewal", { order, allow: false }, session.body["token"]);
    expect([theirs.status, theirs.body["code"]]).toEqual([404, "order_not_found"]);
    const nobodys = await call("change_renewal", { order, allow: false });
    expect(nobodys.status).toBe(401);
    expect((await subscription(window, user))?.standing).toBe("active");
  });
});
