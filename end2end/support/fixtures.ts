import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { type FrameLocator, type Page, test as base, expect } from "@playwright/test";
import { type Servers, startServers } from "./servers.ts";
import { Telegram, type User } from "./telegram.ts";

/** How the sandbox's window shows the shop. */
export interface Look {
  frame: "full" | "phone" | "tablet" | "desktop";
  theme: "day" | "dark" | "night" | "hostile";
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** What axe finds on a page, in each of its frames, in words. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const frame of page.frames()) {
    if (!frame.url().startsWith("http")) continue;
    await frame.evaluate(axeSource);
    const found = await frame.evaluate(async () => {
      const axe = (globalThis as any).axe;
      const { violations } = await axe.run(document, { iframes: false, resultTypes: ["violations"] });
      return violations.map((violation: any) => {
        const places = violation.nodes.map((node: any) => node.target.join(" ")).join("; ");
        return `${violation.id}: ${violation.help} (${places})`;
      });
    });
    findings.push(...found);
  }
  return findings;
}

/** The client window with the shop open in it. */
export class Window {
  constructor(
    readonly page: Page,
    readonly servers: Servers,
    readonly look: Look,
  ) {}

  /** The Mini App inside its frame. */
  get app(): FrameLocator {
    return this.page.frameLocator('[data-testid="app-frame"]');
  }

  /** Opens the shop from its menu button or, with a start parameter, from a link. */
  async open(user: User, options: { start_param?: string; query?: Record<string, string> } = {}) {
    const query = new URLSearchParams({
      user: String(user.id),
      open: "1",
      frame: this.look.frame,
      theme: this.look.theme,
      ...(options.start_param ? { start_param: options.start_param } : {}),
      ...options.query,
    });
    await this.page.goto(`${this.servers.sandbox}/?${query}`);
    await expect(this.app.locator("main")).toBeVisible();
  }

  /** Telegram's own element with this test id. */
  telegram(id: string) {
    return this.page.getByTestId(id);
  }

  /** What axe finds in the window and in the shop's frame, in words. */
  accessibilityFindings() {
    return accessibilityFindings(this.page);
  }
}

export const test = base.extend<
  { look: Look; telegram: Telegram; window: Window },
  { servers: Servers }
>({
  servers: [
    async ({}, use, worker) => {
      const servers = await startServers(String(worker.workerIndex));
      await use(servers);
      await servers.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  look: [{ frame: "full", theme: "day" }, { option: true }],
  telegram: async ({ servers }, use) => use(new Telegram(servers.sandbox)),
  window: async ({ page, servers, look }, use) => use(new Window(page, servers, look)),
});

export { expect };
