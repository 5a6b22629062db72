import { expect, test } from "../support/fixtures.ts";
import { askToPay, buy, confirm, expectYours, openLibrary, openProduct } from "../support/shop.ts";

test("look, search, buy: the goods are in the library and in the chat", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 500 });
  await window.open(user);
  await expect(window.app.getByRole("heading", { level: 1 })).toHaveText("Paper Lantern");

  const search = window.app.getByRole("searchbox");
  await search.fill("ghost");
  await expect(window.app.getByRole("link", { name: /Polite Ghosts/ })).toBeVisible();
  await expect(window.app.getByRole("link", { name: /Tea Weather/ })).toHaveCount(0);

  await openProduct(window, "Polite Ghosts");
  await askToPay(window);
  await expect(window.telegram("pay-sheet").locator("img")).toHaveAttribute("src", /\/media\/\w+\.jpg$/);
  await confirm(window);
  await expectYours(window);
  expect(await telegram.balance(user)).toBe(350);

  await openLibrary(window);
  await expect(window.app.getByText("Polite Ghosts").first()).toBeVisible();
  await expect(window.app.getByRole("link", { name: /Open/ }).first()).toHaveAttribute(
    "href",
    /^https:\/\/t\.me\/addstickers\//,
  );

  await expect
    .poll(async () => JSON.stringify(await telegram.chat(user)))
    .toContain("t.me/addstickers/");
});

test("a file comes to the chat, protected, and can be fetched in the shop", async ({ window, telegram, page }) => {
  const user = await telegram.newUser({ stars: 500 });
  await window.open(user, { start_param: "p_lamplight" });
  await buy(window);

  await expect
    .poll(async () => (await telegram.chat(user)).filter((m) => m.document).map((m) => m.has_protected_content))
    .toContain(true);

  await openLibrary(window);
  const asked = page.waitForResponse((answer) => answer.url().includes("/api/app/open_download"));
  await window.app.getByRole("button", { name: /Download/ }).first().click();
  // Telegram's script downloads from https alone: on a plain address the link is opened instead.
  const question = page.getByTestId("open-link");
  await expect(question).toContainText("/files/");
  await question.getByRole("button", { name: "Cancel" }).click();

  const url = /https?:\/\/\S+?\/files\/[\w./-]+/.exec(await (await asked).text())?.[0] ?? "";
  const file = await fetch(url);
  expect(file.status).toBe(200);
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''/);
  expect(Buffer.from(await file.arrayBuffer()).subarray(0, 5).toString()).toBe("%PDF-");

  const [head, expires, mac, name] = url.split("/").slice(-4);
  const later = await fetch(`${url.split("/files/")[0]}/files/${head}/${Number(expires) + 9}/${mac}/${name}`);
  expect(later.status).toBe(403);
});

test("each code is given out once", async ({ window, telegram, page }) => {
  const codes: string[] = [];
  for (const _ of [1, 2]) {
    const user = await telegram.newUser({ stars: 600 });
    await window.open(user, { start_param: "p_lamplighter" });
    await buy(window);
    await openLibrary(window);
    const code = (await window.app.locator("code").first().textContent())?.trim() ?? "";
    expect(code).toMatch(/^[A-Z0-9-]{8,}$/);
    codes.push(code);
    await page.goto("about:blank");
  }
  expect(new Set(codes).size).toBe(2);
});

test("a text opens in the shop and comes to the chat", async ({ window, telegram }) => {
  const user = await telegram.newUser({ stars: 600 });
  await window.open(user, { start_param: "p_sharlotka" });
  await buy(window);
  await expect
    .poll(async () => JSON.stringify(await telegram.chat(user)))
    .toContain("The recipe");
});
