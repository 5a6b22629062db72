import { expect, test } from "../support/alone.ts";
import { Mini } from "../support/mini.ts";

test("an app keeps the screen as it is while the phone is turned, and turns swipes off", async ({ window, telegram }) => {
  const mini = new Mini(window);
  await mini.open(await telegram.newUser(), { frame: "phone", platform: "ios" });
  const isWide = () => window.page.locator(".screen").evaluate((screen: any) => screen.offsetWidth > screen.offsetHeight);
  const turn = window.telegram("turn-phone");
  await turn.click();
  await expect.poll(isWide).toBe(true);
  await turn.click();
  await expect.poll(isWide).toBe(false);
  await mini.say("web_app_toggle_orientation_lock", { locked: true });
  await turn.click();
  await expect(window.page.getByText("Orientation locked")).toBeVisible();
  expect(await isWide()).toBe(false);
  await mini.say("web_app_toggle_orientation_lock", { locked: false });
  await expect.poll(isWide).toBe(true);
  await turn.click();

  await mini.say("web_app_setup_swipe_behavior", { allow_vertical_swipe: false });
  await window.telegram("swipe-down").click();
  await expect(window.page.getByText("has turned vertical swipes off")).toBeVisible();
  await expect(window.telegram("app-frame")).toHaveCount(1);
  await mini.say("web_app_setup_swipe_behavior", { allow_vertical_swipe: true });
  await window.telegram("swipe-down").click();
  await expect(window.telegram("app-frame")).toHaveCount(0);
});
