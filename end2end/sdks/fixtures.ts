import { type Frame, test as base, expect } from "@playwright/test";
import { startSandbox } from "../support/servers.ts";
import { Bot } from "./bot.ts";
import { servePages } from "./pages.ts";
import { SDKS, type Sdk } from "./sdks.ts";

/** The bot whose menu button leads to the page. */
const BOT = 4205;

/** A Mini App open in the sandbox's window. */
export class Stage {
  constructor(
    readonly frame: Frame,
    readonly user: { id: number },
    readonly bot: Bot,
  ) {}

  /** Calls one of the page's shared names, such as `cloud.set`, and gives its answer. */
  async drive<T = any>(name: string, ...parameters: unknown[]): Promise<T> {
    // Errors of an SDK's own classes get lost on their way out of the page, so they go as texts.
    const { answer, failure } = await this.frame.evaluate(
      async ([path, words]) => {
        const parts = (path as string).split(".");
        const method = parts.pop() as string;
        const owner = parts.reduce((found, part) => found[part], (globalThis as any).drive);
        try {
          return { answer: await owner[method](...(words as unknown[])), failure: null };
        } catch (error) {
          return { answer: null, failure: String(error) };
        }
      },
      [name, parameters] as const,
    );
    if (failure !== null) throw new Error(failure);
    return answer;
  }

  /** How often the page heard of its buttons. */
  clicks(): Promise<Record<"main" | "secondary" | "back" | "settings", number>> {
    return this.frame.evaluate(() => (globalThis as any).drive.clicks);
  }

  /** Whether the person lets the bot write. */
  async canWrite(): Promise<boolean> {
    const { sandbox, token } = this.bot;
    const answer = await fetch(`${sandbox}/api/chats/${this.user.id}?token=${encodeURIComponent(token)}`);
    return (await answer.json()).can_write;
  }
}

interface Mine {
  sdkName: string;
  sdk: Sdk;
  open: (query?: Record<string, string>) => Promise<Stage>;
}

interface Shared {
  sandbox: string;
  pages: Awaited<ReturnType<typeof servePages>>;
  bot: Bot;
}

export const test = base.extend<Mine, Shared>({
  sandbox: [
    async ({}, use) => {
      const given = process.env.SANDBOX;
      if (given) return use(given);
      const own = await startSandbox("sdks");
      await use(own.url);
      await own.stop();
    },
    { scope: "worker" },
  ],
  pages: [
    async ({ sandbox }, use) => {
      const pages = await servePages(sandbox);
      await use(pages);
      await pages.stop();
    },
    { scope: "worker" },
  ],
  bot: [
    async ({ sandbox }, use, worker) => {
      const bot = new Bot(sandbox, BOT + worker.workerIndex);
      await use(bot);
      await bot.stop();
    },
    { scope: "worker" },
  ],
  sdkName: ["", { option: true }],
  sdk: async ({ sdkName }, use) => {
    const sdk = SDKS.find(({ name }) => name === sdkName);
    if (!sdk) throw new Error(`there is no SDK ${sdkName}`);
    await use(sdk);
  },
  open: async ({ page, sandbox, pages, bot, sdk }, use) =>
    use(async (query = {}) => {
      const url = pages.url(sdk);
      const user = await person(sandbox);
      await bot.call("setChatMenuButton", {
        chat_id: user.id,
        menu_button: { type: "web_app", text: "Open", web_app: { url } },
      });
      const address = new URLSearchParams({ user: `${user.id}`, bot: `${bot.id}`, open: "1", frame: "phone", platform: "ios", ...query });
      await page.goto(`${sandbox}/?${address}`);
      await expect(page.frameLocator('[data-testid="app-frame"]').getByText("ready")).toBeVisible();
      const frame = page.frame({ url: (found) => found.href.startsWith(url) });
      if (!frame) throw new Error("the Mini App is not open");
      return new Stage(frame, user, bot);
    }),
});

async function person(sandbox: string): Promise<{ id: number }> {
  const answer = await fetch(`${sandbox}/api/users`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ first_name: "Mila", language_code: "en", stars: 500 }),
  });
  return answer.json();
}

export { expect };
