import { expect, test } from "../support/alone.ts";
import { Mini } from "../support/mini.ts";

/** A little longer than the window waits between two words for an open app, ms. */
const WORD_MS = 51_000;

test("an app is kept alive while it is open, and closed once its bot has answered", async ({ window, telegram, page }) => {
  await page.clock.install();
  const mini = new Mini(window);
  await mini.open(await telegram.newUser());
  const launch = new URLSearchParams(await window.app.locator("html").evaluate(() => location.hash.slice(1)));
  const queryId = new URLSearchParams(launch.get("tgWebAppData") ?? "").get("query_id");
  expect(queryId).toBeTruthy();

  /** Lets the window say its next word; what it is told. */
  const nextWord = async () => {
    const told = page.waitForResponse((response) => response.url().endsWith("/api/launch/prolong"));
    await page.clock.runFor(WORD_MS);
    const answer = await told;
    return { status: answer.status(), body: await answer.json() };
  };

  // Longer than a launch lives that nobody speaks for.
  for (let minute = 0; minute < 3; minute += 1) {
    await telegram.advance(60);
    expect((await nextWord()).status).toBe(200);
  }
  await expect(window.telegram("app-frame")).toHaveCount(1);

  const result = { type: "article", id: "1", title: "Sea", input_message_content: { message_text: "The sea" } };
  await telegram.botCall("answerWebAppQuery", { web_app_query_id: queryId, result });
  await expect(window.telegram("app-frame")).toHaveCount(1);
  const refusal = await nextWord();
  expect(refusal.status).toBe(400);
  expect(refusal.body.error.message).toContain("QUERY_ID_INVALID");
  await expect(window.telegram("app-frame")).toHaveCount(0);
});
