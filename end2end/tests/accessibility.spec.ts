import { expect, test } from "../support/fixtures.ts";
import { askToPay, buy, goTo, openLibrary } from "../support/shop.ts";

test("axe finds nothing on any screen", async ({ window, telegram }) => {
  test.setTimeout(300_000);
  const user = await telegram.newUser({ stars: 1000 });
  const check = async (screen: string) =>
    expect(await window.accessibilityFindings(), screen).toEqual([]);

  await window.open(user);
  await check("home");
  await window.app.getByRole("searchbox").fill("zzzz");
  await expect(window.app.getByText("Nothing found")).toBeVisible();
  await check("nothing found");
  await openLibrary(window);
  await check("empty library");
  await goTo(window, "/p/last-tram");
  await expect(window.telegram("main-button")).toHaveText(/Buy for/);
  await check("product with ten pictures and a long title");
  await goTo(window, "/p/moth-atlas");
  await check("sold out");
  for (const path of ["/settings", "/terms", "/privacy", "/support", "/about", "/p/nothing-here"]) {
    await goTo(window, path);
    await check(path);
  }
  await goTo(window, "/p/lit-window");
  await askToPay(window);
  await check("paying");
  await window.telegram("pay-close").click();
  await goTo(window, "/p/tea-weather");
  await buy(window);
  await check("done");
  await openLibrary(window);
  await expect(window.app.getByText("Tea Weather").first()).toBeVisible();
  await check("library");
});
