import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import { filled } from "../support/panels.ts";

/** Runs in light and dark, on a phone and a desktop: what the panels look like to axe. */
test("axe finds nothing on subscriptions, groups and scripts", async ({ window, telegram }) => {
  const { user, channel } = await filled(telegram);
  await openDesk(window, user, "person");
  await expect(window.telegram("subscription").first()).toBeVisible();
  expect(await window.accessibilityFindings(), "person").toEqual([]);
  await openDesk(window, user, "groups");
  await window.telegram("group").selectOption(String(channel));
  await expect(window.telegram("requests")).toBeVisible();
  await window.telegram("new-group").click();
  expect(await window.accessibilityFindings(), "groups").toEqual([]);
  await openDesk(window, user, "script");
  await window.telegram("script-play").click();
  await expect(window.telegram("script-steps").getByRole("listitem").first()).toBeVisible();
  expect(await window.accessibilityFindings(), "script").toEqual([]);
});
