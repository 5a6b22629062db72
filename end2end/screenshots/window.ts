import { resolve } from "node:path";
import { openDesk } from "../support/desk.ts";
import { expect, test, type Window } from "../support/fixtures.ts";
import { askToPay } from "../support/shop.ts";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");

/** Waits until nothing moves, and takes the window as it is. */
async function take(window: Window, name: string) {
  await window.page.waitForTimeout(1_200);
  await window.page.screenshot({ path: `${folder}/${name}.png` });
}

test("the sandbox's window", async ({ window, telegram }) => {
  await window.open(await telegram.newUser());
  await take(window, "sandbox");
});

test("the desk's time and faults", async ({ window, telegram }) => {
  const user = await telegram.newUser();
  await openDesk(window, user, "time", { open: "1" });
  await expect(window.app.locator("main")).toBeVisible();
  await take(window, "sandbox-time");
  await openDesk(window, user, "faults", { open: "1" });
  await expect(window.app.locator("main")).toBeVisible();
  await window.telegram("fault-payment-lost").click();
  await window.telegram("fault-too-many").click();
  await window.telegram("tab-faults").hover();
  await window.page.getByRole("tabpanel").evaluate((panel) => panel.scrollTo(0, 0));
  await take(window, "sandbox-faults");
  await telegram.faults({});
});

test.describe("a tablet at night", () => {
  test.use({ look: { frame: "tablet", theme: "night" } });

  test("pays", async ({ window, telegram }) => {
    await window.open(await telegram.newUser({ stars: 1000 }), { start_param: "p_lamplighter" });
    await askToPay(window);
    await take(window, "sandbox-tablet");
  });
});

test.describe("a desktop in a hostile theme", () => {
  test.use({ look: { frame: "desktop", theme: "hostile" } });

  test("shows the shop", async ({ window, telegram }) => {
    await window.open(await telegram.newUser());
    await take(window, "sandbox-desktop");
  });
});
