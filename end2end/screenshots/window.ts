import { resolve } from "node:path";
import { test } from "../support/fixtures.ts";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");

test("the sandbox's window", async ({ window, telegram }) => {
  await window.open(await telegram.newUser());
  await window.page.waitForTimeout(1_200);
  await window.page.screenshot({ path: `${folder}/sandbox.png` });
});
