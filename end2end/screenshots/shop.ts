import { resolve } from "node:path";
import { expect, test, type Window } from "../support/fixtures.ts";
import { askToPay, confirm, expectYours, goTo, openLibrary } from "../support/shop.ts";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");

/** Waits until nothing moves, and takes the window as it is. */
async function take(window: Window, name: string) {
  const theme = window.look.theme === "day" ? "light" : window.look.theme;
  await window.page.waitForTimeout(900);
  await window.page.screenshot({ path: `${folder}/${name}-${theme}.png` });
}

test("home, and a search that finds nothing", async ({ window, telegram }) => {
  await window.open(await telegram.newUser());
  await take(window, "home");
  await window.app.getByRole("searchbox").fill("unicorn");
  await expect(window.app.getByText("Nothing found")).toBeVisible();
  await take(window, "nothing-found");
});

test("a product, paying for it, and having it", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 1000 });
  await window.open(user, { start_param: "p_lamplighter" });
  await expect(window.telegram("main-button")).toHaveText(/Buy for/);
  await take(window, "product");
  await askToPay(window);
  await take(window, "paying");
  await confirm(window);
  await expectYours(window);
  await take(window, "done");
  await goTo(window, "/p/polite-ghosts");
  await askToPay(window);
  await confirm(window);
  await expectYours(window);
  await openLibrary(window);
  await expect(window.app.getByText("Lamplighter").first()).toBeVisible();
  await take(window, "library");
  await window.telegram("close-app").click();
  await take(window, "chat");
});

test("long titles and many pictures", async ({ window, telegram }) => {
  await window.open(await telegram.newUser(), { start_param: "p_last-tram" });
  await take(window, "long-title");
});

test("empty, sold out, missing, paused", async ({ window, telegram, servers }) => {
  await window.open(await telegram.newUser());
  await openLibrary(window);
  await take(window, "library-empty");
  await goTo(window, "/settings");
  await take(window, "settings");
  await goTo(window, "/p/moth-atlas");
  await take(window, "sold-out");
  await goTo(window, "/p/nothing-here");
  await take(window, "not-found");
  servers.command("shop", "pause");
  try {
    await goTo(window, "/");
    await take(window, "paused");
  } finally {
    servers.command("shop", "resume");
  }
});

test("in Russian", async ({ window, telegram }) => {
  await window.open(await telegram.newUser({ language: "ru" }), { start_param: "p_window-drawn" });
  await take(window, "russian");
});
