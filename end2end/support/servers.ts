import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A path that the test task hands in, or where a plain build puts it. */
const path = (name: string, otherwise: string) => process.env[name] ?? join(root, otherwise);

/** The token of the bot that the shop runs as, in the sandbox. */
export const TOKEN = "4242:END-TO-END";

/** A shop and a Telegram of its own, with an empty database and the demo catalogue. */
export interface Servers {
  /** Address of the sandbox: its window, its Bot API and its control API. */
  sandbox: string;
  /** Address of the shop. */
  shop: string;
  /** Runs a command of the shop's binary on the same database. */
  command(...words: string[]): void;
  /** Stops the shop and starts it again on the same database. */
  restartShop(): Promise<void>;
  /** Stops both and removes all that they wrote. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : fail()));
    });
  });
}

async function answers(url: string, name: string): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    const ok = await fetch(url).then((answer) => answer.ok, () => false);
    if (ok) return;
    if (Date.now() > until) throw new Error(`${name} did not answer at ${url} within 30 s`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await exit;
  clearTimeout(late);
}

const sandboxBinary = () => path("STARFRONT_SANDBOX_BIN", "target/debug/starfront-sandbox");

/** Starts a sandbox alone, with nobody and nothing in it but Mila. */
export async function startSandbox(name: string) {
  const home = mkdtempSync(join(tmpdir(), `starfront-e2e-${name}-`));
  const log = openSync(join(home, "sandbox.log"), "a");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(sandboxBinary(), ["--port", String(port)], { cwd: root, stdio: ["ignore", log, log] });
  await answers(`${url}/api/users`, "the sandbox");
  return {
    url,
    async stop() {
      await ended(child);
      if (!process.env.STARFRONT_E2E_KEEP) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Starts sandbox and shop on free ports, with settings of the shop that differ from the usual. */
export async function startServers(
  name: string,
  settings: Record<string, string> = {},
): Promise<Servers> {
  const home = mkdtempSync(join(tmpdir(), `starfront-e2e-${name}-`));
  const log = openSync(join(home, "servers.log"), "a");
  const sandboxPort = await freePort();
  const shopPort = await freePort();
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  const shop = `http://127.0.0.1:${shopPort}`;
  const environment = {
    ...process.env,
    STARFRONT_BOT_TOKEN: TOKEN,
    STARFRONT_TELEGRAM_API: sandbox,
    STARFRONT_DATABASE_URL: `sqlite:${join(home, "shop.db")}`,
    STARFRONT_FILES: join(home, "files"),
    STARFRONT_PUBLIC_URL: shop,
    STARFRONT_UPDATES: "webhook",
    LEPTOS_SITE_ADDR: `127.0.0.1:${shopPort}`,
    LEPTOS_SITE_ROOT: path("LEPTOS_SITE_ROOT", "target/site"),
    ...settings,
  };
  const binary = path("STARFRONT_BIN", "target/debug/starfront");
  const command = (...words: string[]) => {
    const { status, stderr } = spawnSync(binary, words, { cwd: root, env: environment, encoding: "utf8" });
    if (status !== 0) throw new Error(`starfront ${words.join(" ")} failed: ${stderr}`);
  };
  command("catalog", "import", join(root, "examples/demo-shop/shop.toml"));

  const start = (program: string, args: string[]) =>
    spawn(program, args, { cwd: root, env: environment, stdio: ["ignore", log, log] });
  const telegram = start(sandboxBinary(), ["--port", String(sandboxPort)]);
  await answers(`${sandbox}/api/users`, "the sandbox");
  let server = start(binary, ["serve"]);
  await answers(`${shop}/readyz`, "the shop");

  return {
    sandbox,
    shop,
    command,
    async restartShop() {
      await ended(server);
      server = start(binary, ["serve"]);
      await answers(`${shop}/readyz`, "the shop");
    },
    async stop() {
      await ended(server);
      await ended(telegram);
      if (!process.env.STARFRONT_E2E_KEEP) rmSync(home, { recursive: true, force: true });
    },
  };
}
