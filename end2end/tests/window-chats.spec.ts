import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";
import type { Telegram, User } from "../support/telegram.ts";
import type { Window } from "../support/fixtures.ts";

/** Opens a chat from the list, which lies behind a button where the window is the phone. */
async function openChat(window: Window, id: number) {
  const back = window.page.getByRole("button", { name: "Chats", exact: true });
  if (await back.isVisible()) await back.click();
  await window.telegram(`chat-${id}`).click();
}

/** Opens the window in the person's own chat with the bot, with nothing over the phone. */
async function open(window: Window, user: User) {
  const { frame, theme } = window.look;
  await window.page.goto(`${window.servers.sandbox}/?${new URLSearchParams({ user: String(user.id), frame, theme })}`);
  await expect(window.telegram("chat")).toBeVisible();
}

async function write(window: Window, text: string) {
  await window.telegram("composer").fill(text);
  await window.telegram("send").click();
}

/** A group of the tests' bot with its owner and a guest, and a link into it. */
async function group(telegram: Telegram, title: string) {
  const [owner, guest] = [await telegram.newUser(), await telegram.newUser({ name: "Ben" })];
  const id = await telegram.found(owner, "supergroup", title);
  const { invite_link } = await telegram.botCall<{ invite_link: string }>("createChatInviteLink", { chat_id: id });
  return { id, owner, guest, invite_link };
}

test("a message of a group is answered", async ({ window, telegram }) => {
  const { id, owner, guest, invite_link } = await group(telegram, "Answers");
  await telegram.join(guest, invite_link);
  await telegram.say(guest, "Which of the two?", id);
  await open(window, owner);
  await openChat(window, id);
  const asked = window.page.getByRole("article", { name: "Ben" });
  await asked.hover();
  await asked.getByRole("button", { name: "Answer Ben" }).click();
  await expect(window.telegram("answers")).toContainText("Which of the two?");
  await expect(window.telegram("composer")).toBeFocused();
  expect(await window.accessibilityFindings()).toEqual([]);
  await window.telegram("answer-nothing").click();
  await expect(window.telegram("answers")).toBeHidden();
  await asked.getByTestId("answer").click();
  await write(window, "The second");
  await expect(window.telegram("answers")).toBeHidden();
  await expect(window.telegram("message").last().getByTestId("quote")).toContainText("Which of the two?");
  await write(window, "And nothing else");
  await expect(window.telegram("message").last()).toContainText("And nothing else");
  const [question, answer, more] = (await telegram.messages(id)).slice(-3);
  expect(answer).toMatchObject({ text: "The second", reply_to_message: { message_id: question!.message_id } });
  expect(more).not.toHaveProperty("reply_to_message");
});

test("a bot that comes later is in the list", async ({ window, telegram, page }) => {
  await open(window, await telegram.newUser());
  await page.request.post(`${window.servers.sandbox}/bot7070:LATER/setMyName`, { data: { name: "Latecomer" } });
  await openChat(window, 7070);
  await expect(window.telegram("chat")).toContainText("Latecomer");
});

test("a bot that asks for an answer gets one", async ({ window, telegram }) => {
  const user = await telegram.newUser();
  await telegram.say(user, "/start");
  await open(window, user);
  await telegram.botCall("sendMessage", { chat_id: user.id, text: "Which size?", reply_markup: { force_reply: true } });
  await expect(window.telegram("answers")).toContainText("Which size?");
  await expect(window.telegram("composer")).toBeFocused();
  expect(await window.accessibilityFindings()).toEqual([]);
  await write(window, "Large");
  await expect(window.telegram("answers")).toBeHidden();
  await expect(window.telegram("message").last()).toContainText("Large");
  await expect(window.telegram("message").last().getByTestId("quote")).toContainText("Which size?");
});

test("a group is a chat in which people and the bot write", async ({ window, telegram }) => {
  const { id, owner, guest, invite_link } = await group(telegram, "Readers");
  await open(window, owner);
  await openChat(window, id);
  const chat = window.telegram("chat");
  await expect(chat.getByRole("heading", { name: "Readers" })).toBeVisible();
  await expect(window.telegram("chat-state")).toHaveText("2 members");
  await telegram.join(guest, invite_link);
  await expect(window.telegram("message").last()).toHaveText("Ben joined the group");
  await expect(window.telegram("chat-state")).toHaveText("3 members");

  await write(window, "What do we read next?");
  await expect(window.telegram("message").last()).toContainText("What do we read next?");
  const asked = (await telegram.messages(id)).at(-1)!;
  expect(asked).toMatchObject({ text: "What do we read next?", from: { id: owner.id }, chat: { id } });
  await telegram.say(guest, "Something short", id);
  await telegram.say(guest, "With ships", id);
  const theirs = window.page.getByRole("article", { name: "Ben" });
  await expect(theirs).toHaveCount(2);
  await expect(theirs.first().locator(".writer")).toHaveText("Ben");
  await expect(theirs.last().locator(".writer")).toHaveCount(0);
  const answer = { chat_id: id, text: "Shall I count votes?", reply_parameters: { message_id: asked.message_id } };
  await telegram.botCall("sendMessage", answer);
  await expect(window.telegram("message").last()).toContainText("Shall I count votes?");
  await expect(window.telegram("quote")).toContainText("What do we read next?");
  expect(await window.accessibilityFindings()).toEqual([]);
});

test("buttons in a group ask the bot, and its answer comes back", async ({ window, telegram }) => {
  const { id, owner } = await group(telegram, "Votes");
  await open(window, owner);
  await openChat(window, id);
  const keyboard = { inline_keyboard: [[{ text: "Yes", callback_data: "yes" }]] };
  await telegram.botCall("sendMessage", { chat_id: id, text: "Agreed?", reply_markup: keyboard });
  await window.telegram("key").click();
  const [update] = await telegram.updates("callback_query");
  expect(update.callback_query).toMatchObject({ data: "yes", from: { id: owner.id }, message: { chat: { id } } });
  await telegram.botCall("answerCallbackQuery", { callback_query_id: update.callback_query.id, text: "Counted" });
  await expect(window.telegram("toast")).toContainText("Counted");
});

test("what is written while the line is being made is shown", async ({ window, telegram }) => {
  const { id, owner } = await group(telegram, "Late line");
  await open(window, owner);
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  const isLine = (url: URL) => url.pathname === "/api/events" && url.searchParams.get("chat_id") === String(id);
  await window.page.route(isLine, async (route) => {
    await held;
    await route.continue();
  });
  const read = window.page.waitForResponse((answer) => answer.url().includes(`/api/chats/${id}`));
  await openChat(window, id);
  await (await read).finished();
  await telegram.botCall("sendMessage", { chat_id: id, text: "In between" });
  letGo();
  await expect(window.telegram("message").last()).toContainText("In between");
});

test("who is put out reads so, and the other chats stay apart", async ({ window, telegram }) => {
  const { id, guest, invite_link } = await group(telegram, "Quiet room");
  await telegram.join(guest, invite_link);
  await open(window, guest);
  await openChat(window, id);
  await expect(window.telegram("message").last()).toHaveText("You joined the group");
  await telegram.botCall("sendMessage", { chat_id: guest.id, text: "Only for you" });
  await telegram.botCall("sendMessage", { chat_id: id, text: "For everybody" });
  await expect(window.telegram("message").last()).toContainText("For everybody");
  await expect(window.telegram("chat")).not.toContainText("Only for you");
  await telegram.botCall("banChatMember", { chat_id: id, user_id: guest.id });
  await expect(window.telegram("foot-note")).toHaveText("You are not in this group.");
  await expect(window.telegram(`chat-${id}`)).toHaveCount(0);
  const { id: bot } = await telegram.botCall<{ id: number }>("getMe", {});
  await openChat(window, bot);
  await expect(window.telegram("message").last()).toContainText("Only for you");
});

test("in a channel its owner and the bot post, and others read", async ({ window, telegram }) => {
  const [owner, reader] = [await telegram.newUser(), await telegram.newUser()];
  const id = await telegram.found(owner, "channel", "Sea news");
  const link = await telegram.botCall<{ invite_link: string }>("createChatInviteLink", { chat_id: id });
  await open(window, owner);
  await openChat(window, id);
  await expect(window.telegram("chat")).toContainText("Nothing was posted here yet.");
  await write(window, "The tide is out");
  await expect(window.page.getByRole("article", { name: "Sea news" })).toContainText("The tide is out");
  const [update] = await telegram.updates("channel_post");
  expect(update.channel_post.text).toBe("The tide is out");
  await telegram.say(reader, link.invite_link);
  await openDesk(window, reader, "person");
  if (window.look.frame === "full") await window.page.keyboard.press("Escape");
  await window.telegram("message").last().getByRole("link").click();
  await window.telegram("popup-button-join").click();
  await expect(window.telegram("chat-state")).toHaveText("3 subscribers");
  await expect(window.telegram("foot-note")).toHaveText("Only the owner posts in this channel.");
});

test("a payment that is told in its group names who paid to the others", async ({ window, telegram }) => {
  const { id, owner, invite_link } = await group(telegram, "Sales");
  const buyer = await telegram.newUser({ name: "Bea", stars: 20 });
  await telegram.join(buyer, invite_link);
  const prices = [{ label: "Sea", amount: 20 }];
  const invoice = { title: "Sea", description: "All of it", payload: "sea", currency: "XTR", prices };
  await telegram.botCall("sendInvoice", { chat_id: id, ...invoice });
  const { invoice_slug: slug } = (await telegram.messages(id)).at(-1)!;
  await telegram.choose({ payments_told_in_place: true });
  const paying = telegram.pay(slug, buyer);
  const [update] = await telegram.updates("pre_checkout_query");
  await telegram.botCall("answerPreCheckoutQuery", { pre_checkout_query_id: update.pre_checkout_query.id, ok: true });
  const { charge_id } = await paying;
  await telegram.botCall("refundStarPayment", { user_id: buyer.id, telegram_payment_charge_id: charge_id });
  await telegram.choose({});
  for (const [reader, paid, to] of [[owner, "Bea", "Bea"], [buyer, "You", "you"]] as const) {
    await open(window, reader);
    await openChat(window, id);
    const told = window.telegram("message").filter({ hasText: /paid|returned/ });
    await expect(told).toHaveText([new RegExp(`^${paid} paid .*20`), new RegExp(`returned .*20 to ${to}$`)]);
  }
});
