import { accessibilityFindings, expect, test } from "../support/fixtures.ts";

test("a plain browser can look around, and is told how to buy", async ({ page, servers }) => {
  await page.goto(servers.shop);
  await page.getByRole("link", { name: /Tea Weather/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tea Weather");
  const open = page.getByRole("link", { name: /Open in Telegram/ });
  await expect(open).toHaveAttribute("href", /^https:\/\/t\.me\/\w+\?startapp=p_tea-weather$/);
  await page.goto(`${servers.shop}/library`);
  await expect(page.getByText("Open in Telegram").first()).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
});

test("pages can be read before any script has run", async ({ browser, servers }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${servers.shop}/?q=ghost`);
  await expect(page.getByRole("link", { name: /Polite Ghosts/ })).toBeVisible();
  await page.goto(`${servers.shop}/?c=reading&lang=en`);
  await page.getByRole("searchbox").fill("a");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/\?q=a&c=reading&lang=en$/);
  await expect(page.getByRole("link", { name: /Midnight Sharlotka/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /Polite Ghosts/ })).toHaveCount(0);
  await page.goto(`${servers.shop}/?q=ghost`);
  await page.getByRole("link", { name: /Polite Ghosts/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Polite Ghosts");
  await expect(page.getByText("What you get")).toBeVisible();
  await context.close();
});

test("nobody but Telegram may frame the shop, and scripts need the page's nonce", async ({ servers }) => {
  const answer = await fetch(servers.shop);
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("frame-ancestors https://web.telegram.org https://*.telegram.org");
  expect(policy).toMatch(/script-src 'nonce-[^']+'/);
  expect(policy).not.toContain("unsafe-inline");
  expect(answer.headers.get("x-frame-options")).toBeNull();
  expect(answer.headers.get("set-cookie")).toBeNull();
});
