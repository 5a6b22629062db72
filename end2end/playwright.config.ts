import { defineConfig } from "@playwright/test";
import type { Look } from "./support/fixtures.ts";

/** Chromium from the system: the set-up task finds or installs it and names it here. */
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const phone = { width: 390, height: 844 };
const lookTests = /(accessibility|buying|refusals)\.spec\.ts/;

/** What differs by neither frame nor theme: once is enough. */
const onceTests = /window-(alive|groups|hand|keyboard|pay|rules|script|senses|share|stickers|subscriptions)\.spec\.ts/;

const desktop = { width: 1280, height: 900 };

export default defineConfig<{ look: Look }>({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    permissions: ["clipboard-read", "clipboard-write"],
  },
  // Everything on a phone by day and a desktop by night; what depends on looks on the other two.
  projects: [
    { name: "phone-light", testIgnore: onceTests, use: { viewport: phone, look: { frame: "full", theme: "day" } } },
    { name: "desktop-dark", use: { viewport: desktop, look: { frame: "desktop", theme: "dark" } } },
    {
      name: "phone-dark",
      testMatch: lookTests,
      use: { viewport: phone, look: { frame: "full", theme: "dark" } },
    },
    {
      name: "desktop-light",
      testMatch: lookTests,
      use: { viewport: desktop, look: { frame: "desktop", theme: "day" } },
    },
  ],
});
