import { expect } from "@playwright/test";
import type { Window } from "./fixtures.ts";
import type { User } from "./telegram.ts";

/** Where the tests' own Mini App lies; the browser is told what it answers. */
export const MINI = "http://mini.test/";

/** A Mini App of the tests' own, in the window: it says what it is told to, and notes what it hears. */
export class Mini {
  constructor(readonly window: Window) {}

  /** Opens it, with `script` run as soon as it loads; what it says then counts as said without a tap. */
  async open(user: User, query: Record<string, string> = {}, script = "") {
    const { page, servers, look } = this.window;
    const body = `<h1>Mini</h1><script>
      globalThis.heard = [];
      addEventListener("message", ({ data }) => typeof data === "string" && heard.push(JSON.parse(data)));
      globalThis.say = (eventType, eventData) => parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
      ${script}
    </script>`;
    await page.route(`${MINI}**`, (route) => route.fulfill({ contentType: "text/html", body }));
    const address = new URLSearchParams({ app: MINI, user: String(user.id), frame: look.frame, theme: look.theme, ...query });
    await page.goto(`${servers.sandbox}/?${address}`);
    await expect(this.window.app.getByRole("heading", { name: "Mini" })).toBeVisible();
  }

  /** Says something to Telegram. */
  say(eventType: string, eventData: object = {}) {
    return this.window.app.locator("html").evaluate((_, [type, data]) => (globalThis as any).say(type, data), [eventType, eventData] as const);
  }

  /** What it has heard of this kind. */
  heard(eventType: string): Promise<any[]> {
    return this.window.app.locator("html").evaluate(
      (_, type) => (globalThis as any).heard.filter((one: any) => one.eventType === type).map((one: any) => one.eventData ?? null),
      eventType,
    );
  }

  /** Waits until it has heard exactly this, in this order. */
  async hears(eventType: string, expected: unknown[]) {
    await expect.poll(() => this.heard(eventType)).toEqual(expected);
  }

  /** Waits until the window has refused the latest event of this name. */
  async isRefused(eventType: string, why: RegExp) {
    const entry = this.window.telegram("inspector").locator(`[data-name="${eventType}"]`).first();
    await expect(entry).toHaveAttribute("data-fate", "refused");
    await entry.locator("summary").click();
    await expect(entry.locator(".why")).toContainText(why);
    // The next event of this name is not mistaken for this one.
    await this.window.telegram("inspector-clear").click();
  }
}
