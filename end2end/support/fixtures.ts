import { AxeBuilder } from "@axe-core/playwright";
import { type FrameLocator, type Page, test as base, expect } from "@playwright/test";
import { type Servers, startServers } from "./servers.ts";
import { Telegram, type User } from "./telegram.ts";

/** How the sandbox's window shows the shop. */
export interface Look {
  frame: "full" | "phone" | "tablet" | "desktop";
  theme: "day" | "dark" | "night" | "hostile";
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

  /** What axe finds on the whole window, the shop's frame included. */
  async accessibilityFindings() {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((n) => n.target.join(" ")).join("; ")})`,
    );
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
