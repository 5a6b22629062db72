import { expect, test } from "../support/alone.ts";
import { Mini } from "../support/mini.ts";

const HOUR = 3600;
const failed = (error: string) => [{ error }];

test("a prepared message goes to the chosen chat, once there is one with its id", async ({ window, telegram, page }) => {
  const user = await telegram.newUser();
  const channel = await telegram.found(user, "channel", "Readers");
  const { username } = await telegram.botCall<{ username: string }>("getMe", {});
  const result = { type: "article", id: "1", title: "Sea", input_message_content: { message_text: "The sea" } };
  const prepare = (owner: { id: number }) =>
    telegram.botCall<{ id: string }>("savePreparedInlineMessage", { user_id: owner.id, result, allow_bot_chats: true, allow_channel_chats: true });
  const { id } = await prepare(user);
  const mini = new Mini(window);
  const open = (platform: string) => mini.open(user, { bot: username, platform });

  await open("ios");
  const foreign = await prepare(await telegram.newUser());
  await mini.say("web_app_send_prepared_message", { id: foreign.id });
  await mini.hears("prepared_message_failed", failed("MESSAGE_EXPIRED"));
  await mini.say("web_app_send_prepared_message", { id });
  await expect(window.telegram("share")).toContainText("The sea");
  await window.telegram("share-chat").selectOption(String(channel));
  await page.getByTestId("popup-button-share").click();
  await mini.hears("prepared_message_sent", [null]);
  expect((await telegram.chat({ ...user, id: channel })).at(-1)).toMatchObject({ text: "The sea" });

  await open("webk");
  await mini.say("web_app_send_prepared_message", { id });
  await page.getByTestId("popup-button-share").click();
  await expect(window.telegram("app-frame")).toHaveCount(0);
  expect((await telegram.chat(user)).at(-1)).toMatchObject({ text: "The sea" });

  await open("ios");
  await mini.say("web_app_send_prepared_message", { id });
  await expect(window.telegram("share")).toBeVisible();
  await telegram.advance(HOUR + 1);
  await page.getByTestId("popup-button-share").click();
  await mini.hears("prepared_message_failed", failed("MESSAGE_SEND_FAILED"));
});
