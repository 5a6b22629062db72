import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";
import { SDKS } from "./sdks/sdks.ts";

/** The SDKs of Mini Apps in the sandbox's window, one project each; every test is a row of a table. */
export default defineConfig<{ sdkName: string }>({
  ...base,
  testDir: "sdks",
  outputDir: "test-results/sdks",
  reporter: [["./sdks/reporter.ts"]],
  projects: SDKS.map(({ name }) => ({
    name,
    use: { viewport: { width: 1280, height: 980 }, sdkName: name },
  })),
});
