import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";
import type { Look } from "./support/fixtures.ts";

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 860 };

/** Every screen, on a phone in light and dark, and the sandbox's window on a desktop. */
export default defineConfig<{ look: Look }>({
  ...base,
  testDir: "screenshots",
  reporter: [["list"]],
  projects: [
    {
      name: "light",
      testMatch: "shop.ts",
      use: { viewport: phone, deviceScaleFactor: 1.5, look: { frame: "full", theme: "day" } },
    },
    {
      name: "dark",
      testMatch: "shop.ts",
      use: { viewport: phone, deviceScaleFactor: 1.5, look: { frame: "full", theme: "dark" } },
    },
    {
      name: "window",
      testMatch: "window.ts",
      use: { viewport: desktop, look: { frame: "phone", theme: "day" } },
    },
  ],
});
