import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A library by which Mini Apps speak to Telegram. */
export interface Sdk {
  /** Its name, as in the table of docs/sandbox.md. */
  name: string;
  /** Page in `pages` that puts it behind the names which all pages share. */
  page: string;
  /** Version in use. */
  version: string;
  /** Its script: an address of the sandbox, or a file. */
  script: { path: string } | { file: string };
  /** What it has nothing for, and why. */
  lacks: Record<string, string>;
}

const require = createRequire(import.meta.url);

/** An installed package's folder and version. */
function installed(name: string, root = import.meta.dirname) {
  let folder = dirname(require.resolve(name, { paths: [root] }));
  for (;;) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (manifest.name === name) return { folder, version: manifest.version as string };
    } catch {
      // Not the package's own folder yet.
    }
    folder = dirname(folder);
  }
}

const tma = installed("@tma.js/sdk");
const telegramApps = installed("@telegram-apps/sdk");
const official = installed("@twa-dev/sdk", join(import.meta.dirname, "../../sandbox"));

/** All that are driven. */
export const SDKS: Sdk[] = [
  {
    name: "telegram-web-app.js",
    page: "official",
    version: official.version,
    script: { path: "/js/telegram-web-app.js" },
    lacks: {
      device: "the script that npm carries is that of Mini Apps 8.0; device storage came with 9.0",
      secure: "the script that npm carries is that of Mini Apps 8.0; secure storage came with 9.0",
    },
  },
  {
    name: "@tma.js/sdk",
    page: "tma",
    version: tma.version,
    script: { file: join(tma.folder, "dist/index.iife.js") },
    lacks: {},
  },
  {
    name: "@telegram-apps/sdk",
    page: "telegram-apps",
    version: telegramApps.version,
    script: { file: join(telegramApps.folder, "dist/index.iife.js") },
    lacks: {
      device: "it has no device storage",
      secure: "it has no secure storage",
    },
  },
];
