import { resolve } from "node:path";
import { openDesk } from "../support/desk.ts";
import { expect, test } from "../support/fixtures.ts";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");

test("the sandbox's window", async ({ window, telegram }) => {
  await window.open(await telegram.newUser());
  await window.page.waitForTimeout(1_200);
  await window.page.screenshot({ path: `${folder}/sandbox.png` });
});

test("the desk's time and faults", async ({ window, telegram }) => {
  const user = await telegram.newUser();
  await openDesk(window, user, "time", { open: "1" });
  await expect(window.app.locator("main")).toBeVisible();
  await window.page.waitForTimeout(1_200);
  await window.page.screenshot({ path: `${folder}/sandbox-time.png` });
  await openDesk(window, user, "faults", { open: "1" });
  await expect(window.app.locator("main")).toBeVisible();
  await window.telegram("fault-payment-lost").click();
  await window.telegram("fault-too-many").click();
  await window.page.waitForTimeout(1_200);
  await window.telegram("tab-faults").hover();
  await window.page.getByRole("tabpanel").evaluate((panel) => panel.scrollTo(0, 0));
  await window.page.screenshot({ path: `${folder}/sandbox-faults.png` });
  await telegram.faults({});
});
