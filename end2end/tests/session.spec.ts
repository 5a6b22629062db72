import { expect, test } from "../support/fixtures.ts";
import { startServers } from "../support/servers.ts";
import { Telegram } from "../support/telegram.ts";
import { Window } from "../support/fixtures.ts";

test("a session that has ended asks, in words, to open the shop again", async ({ page, look }) => {
  const servers = await startServers("session", {
    STARFRONT_SESSION_SECONDS: "2",
    STARFRONT_INIT_DATA_MAX_AGE_SECONDS: "2",
  });
  try {
    const telegram = new Telegram(servers.sandbox);
    const window = new Window(page, servers, look);
    const user = await telegram.newUser({ stars: 300 });
    await window.open(user, { start_param: "p_tea-weather" });
    await expect(window.telegram("main-button")).toHaveText(/Buy for/);
    await page.waitForTimeout(4_000);
    await window.telegram("main-button").click();
    await expect(window.app.getByText(/open it again from the chat/).first()).toBeVisible();
    expect(await telegram.balance(user)).toBe(300);
    await window.telegram("main-button").click();
    await expect(window.telegram("app-frame")).toHaveCount(0);
  } finally {
    await servers.stop();
  }
});
