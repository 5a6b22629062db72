import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import type { Window } from "../support/fixtures.ts";

/** Makes a group or channel by the desk's form. */
async function make(window: Window, title: string, kind: "supergroup" | "channel") {
  await window.telegram("new-group").click();
  await window.telegram("group-title").fill(title);
  await window.telegram("group-kind").selectOption(kind);
  await window.telegram("make-group").click();
  await expect(window.telegram("group").locator("option:checked")).toHaveText(title);
}

/** Makes a link of a kind and waits for its row. */
async function makeLink(window: Window, kind: string) {
  await window.telegram("link-kind").selectOption(kind);
  await window.telegram("make-link").click();
  await expect(window.telegram("link")).toHaveCount(1);
}

test("a request is approved, a member banned and let in again", async ({ window, telegram }) => {
  const [owner, guest] = [await telegram.newUser(), await telegram.newUser()];
  await openDesk(window, owner, "groups");
  await make(window, "Readers", "supergroup");
  await expect(window.telegram(`member-${owner.id}`)).toContainText("Owner");
  await makeLink(window, "asking");

  await openDesk(window, guest, "groups");
  await window.telegram("group").selectOption({ label: "Readers" });
  await window.telegram("join").click();
  await window.telegram("requests").getByRole("button", { name: "Approve" }).click();
  const member = window.telegram(`member-${guest.id}`);
  await expect(member).toContainText("Member");
  await expect(window.telegram("requests")).toHaveCount(0);
  await member.getByTestId("ban").click();
  await expect(member).toContainText("Banned");
  await window.telegram("join").click();
  await expect(window.telegram("toast")).toContainText("banned");
  await member.getByTestId("unban").click();
  await expect(member).toContainText("Not in it any more");
  await window.telegram("join").click();
  await window.telegram("requests").getByRole("button", { name: "Decline" }).click();
  await expect(window.telegram("requests")).toHaveCount(0);
});

test("a channel that costs takes its Stars, and lets nobody in without", async ({ window, telegram }) => {
  const owner = await telegram.newUser();
  const [rich, poor] = [await telegram.newUser({ stars: 80 }), await telegram.newUser({ stars: 3 })];
  await openDesk(window, owner, "groups");
  await make(window, "Paid news", "channel");
  await makeLink(window, "paid");
  await openDesk(window, poor, "groups");
  await window.telegram("group").selectOption({ label: "Paid news" });
  await window.telegram("join").click();
  await expect(window.telegram("toast")).toContainText("too few Stars");
  await openDesk(window, rich, "groups");
  await window.telegram("group").selectOption({ label: "Paid news" });
  await window.telegram("join").click();
  const member = window.telegram(`member-${rich.id}`);
  await expect(member).toContainText("Member until");
  expect(await telegram.balance(rich)).toBe(30);
  await member.getByTestId("leave").click();
  await expect(member).toContainText("Not in it any more");
});

test("a link is revoked, and a bot without rights makes none", async ({ window, telegram }) => {
  await openDesk(window, await telegram.newUser(), "groups");
  await make(window, "Quiet room", "supergroup");
  await makeLink(window, "once");
  await window.telegram("revoke").click();
  await expect(window.telegram("link")).toContainText("closed");
  await window.telegram("new-group").click();
  await window.telegram("may-invite").uncheck();
  await window.telegram("group-title").fill("No rights");
  await window.telegram("make-group").click();
  await expect(window.telegram("group").locator("option:checked")).toHaveText("No rights");
  await window.telegram("make-link").click();
  await expect(window.telegram("toast")).toContainText("not enough rights");
});

test("an invite link in the chat leads into the group", async ({ window, telegram }) => {
  const [owner, guest] = [await telegram.newUser(), await telegram.newUser()];
  await openDesk(window, owner, "groups");
  await make(window, "By the chat", "supergroup");
  await makeLink(window, "open");
  const link = await window.telegram("link").locator("code").textContent();
  await openDesk(window, guest, "groups");
  await telegram.say(guest, `https://${link}`);
  await window.telegram("message").last().getByRole("link").click();
  await window.telegram("popup-button-join").click();
  await window.telegram("group").selectOption({ label: "By the chat" });
  await expect(window.telegram(`member-${guest.id}`)).toContainText("Member");
});
