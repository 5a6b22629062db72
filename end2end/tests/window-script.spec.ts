import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import { startSandbox } from "../support/servers.ts";

const DAY = 86_400;

test("a seeded script is played and shows what came of it", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "script");
  await window.telegram("script-sample").selectOption("mixed");
  await window.telegram("script-seed").fill("11");
  await window.telegram("script-play").click();
  await expect(window.telegram("script-planned")).toHaveText("312");
  await telegram.advance(DAY);
  await expect.poll(async () => Number(await window.telegram("script-rows").textContent())).toBeGreaterThan(20);
});

test("steps that cannot be done are listed with their reasons", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "script");
  const steps = [{ at: 0, do: "user", name: "Nobody’s friend" }, { at: 1, do: "refund", user: "Nobody’s friend" }];
  await window.telegram("script-text").fill(JSON.stringify({ steps }));
  await window.telegram("script-play").click();
  await telegram.advance(2);
  const done = window.telegram("script-steps").getByRole("listitem");
  await expect(done).toHaveText([/refund\s*skipped: the user has no charge/, /user\s*done/]);
});

test("what is not a script is refused with a reason", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "script");
  await window.telegram("script-text").fill("{ steps: }");
  await window.telegram("script-play").click();
  await expect(window.telegram("script-error")).toContainText("This is not JSON");
  await window.telegram("script-text").fill('{"steps": [{"do": "dance"}]}');
  await window.telegram("script-play").click();
  await expect(window.telegram("script-error")).toContainText("step 1 of the script");
});

test.describe("faults", () => {
  test.afterEach(({ telegram }) => telegram.faults({}));

  test("a connection is cut, an update overtaken, a payment ends oddly", async ({ window, telegram }) => {
    await telegram.faults({});
    await openDesk(window, await telegram.newUser(), "faults");
    await window.telegram("fault-cut").click();
    await window.telegram("fault-payment-overtaken").click();
    await window.telegram("fault-payment-strange").click();
    await window.telegram("own-fault").click();
    await window.telegram("fault-part").selectOption("payments");
    await window.telegram("fault-outcome").selectOption("paid_then_cancelled");
    await window.telegram("add-fault").click();
    await expect.poll(async () => (await telegram.faultsSet()).payments).toMatchObject([{ outcome: "paid_then_cancelled", count: 1 }]);
    expect(await telegram.faultsSet()).toMatchObject({
      methods: [{ method: "sendMessage", cut: true, count: 1 }],
      updates: [{ kind: "successful_payment", action: "reorder" }, { kind: "*", action: "unknown_fields" }],
    });
    await expect(window.telegram("faults").getByRole("listitem")).toContainText([
      /sendMessage\s*cut off/, /successful_payment\s*overtaken/, /Any update\s*with unknown fields/, /Payments\s*paid, then cancelled/,
    ]);
  });
});

test("what nobody knows of Telegram is had either way", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "faults");
  const renewals = window.telegram("choice-renewals_ask");
  await renewals.click();
  await expect.poll(() => telegram.choices()).toMatchObject({ renewals_ask: true, refunds_cancel: false });
  await renewals.click();
  await expect.poll(() => telegram.choices()).toMatchObject({ renewals_ask: false, refunds_cancel: false });
});

test.describe("any Mini App", () => {
  const address = "http://mini.test/";
  test.beforeEach(({ page }) =>
    page.route(`${address}**`, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Mine</h1>" })));

  test("opens by its address, and its silence is remarked on", async ({ window, telegram }) => {
    const user = await telegram.newUser();
    await openDesk(window, user, "device");
    await window.telegram("app-address").fill(address);
    await window.telegram("open-address").click();
    await expect(window.app.getByRole("heading", { name: "Mine" })).toBeVisible();
    expect(await window.app.locator("html").evaluate(() => location.hash)).toContain("tgWebAppData=");
    await expect(window.telegram("inspector").locator('[data-name="nothing"]')).toHaveAttribute("data-fate", "unhandled");
  });

  test("needs no bot", async ({ page }) => {
    const empty = await startSandbox("empty");
    try {
      await page.goto(`${empty.url}/`);
      await page.getByTestId("waiting-app-address").fill(address);
      await page.getByTestId("waiting-open-address").click();
      await expect(page.frameLocator('[data-testid="app-frame"]').getByRole("heading", { name: "Mine" })).toBeVisible();
      await expect(page.getByTestId("waiting")).toBeHidden();
    } finally {
      await empty.stop();
    }
  });
});
