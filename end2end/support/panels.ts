import { expect } from "@playwright/test";
import { TOKEN } from "./servers.ts";
import type { Telegram, User } from "./telegram.ts";

const MONTH = 2_592_000;

/** A person with subscriptions of every standing, and a channel of theirs with people, links and requests. */
export async function filled(telegram: Telegram): Promise<{ user: User; channel: number }> {
  const user = await telegram.newUser({ stars: 5000 });
  const sell = (payload: string, stars: number) => ({ do: "sell", user: user.id, stars, payload, period: MONTH });
  await telegram.play([sell("club", 100)]);
  await telegram.advance(1);
  await telegram.play([sell("magazine", 2500)]);
  await telegram.advance(1);
  const own = () => telegram.subscriptions(user);
  await expect.poll(async () => (await own()).length).toBe(2);
  const magazine = (await own()).find(({ amount }) => amount === 2500);
  if (magazine) await telegram.actOnSubscription(magazine.charge_id, "cancel");

  const channel = await telegram.found(user, "channel", "Readers of a very long title that goes on and on");
  const link = (extra: object) => telegram.botCall<{ invite_link: string }>("createChatInviteLink", { chat_id: channel, ...extra });
  const open = await link({ name: "For everybody who bought the book" });
  const asking = await link({ creates_join_request: true });
  for (const url of [open.invite_link, asking.invite_link]) {
    const guest = await telegram.newUser({ started: false });
    await telegram.join(guest, url);
  }
  return { user, channel };
}
