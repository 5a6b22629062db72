import { choose, openDesk, showDesk, type Tab } from "../support/desk.ts";
import { expect, test } from "../support/fixtures.ts";
import { TOKEN } from "../support/servers.ts";

const DAY = 86_400;
const PAYMENT = { kind: "successful_payment", action: "drop", count: 1 };

test.describe("time", () => {
  test("buttons move the sandbox's clock on", async ({ window, telegram }) => {
    await openDesk(window, await telegram.newUser(), "time");
    const before = await telegram.time();
    await window.telegram(`clock-${DAY}`).click();
    await expect.poll(async () => (await telegram.time()).offset_seconds).toBe(before.offset_seconds + DAY);
    const date = new Date((before.now + DAY) * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    await expect(window.telegram("clock")).toContainText(date);
    await expect(window.telegram("inspector")).toContainText("The clock went 1 day forward");
  });

  test("the lever goes as far as its slider says, by keyboard too", async ({ window, telegram }) => {
    await openDesk(window, await telegram.newUser(), "time");
    const before = await telegram.time();
    const slider = window.telegram("clock-slider");
    await expect(slider).toHaveAttribute("aria-valuetext", "7 days");
    await slider.press("ArrowRight");
    await expect(slider).toHaveAttribute("aria-valuetext", "14 days");
    await window.telegram("clock-go").click();
    await expect.poll(async () => (await telegram.time()).offset_seconds).toBe(before.offset_seconds + 14 * DAY);
  });

  test("a jump made elsewhere shows at once", async ({ window, telegram }) => {
    await openDesk(window, await telegram.newUser(), "time");
    const { offset_seconds } = await telegram.time();
    await telegram.advance(DAY);
    const days = Math.floor((offset_seconds + DAY) / DAY);
    await expect(window.telegram("clock-ahead")).toContainText(`${days} day`);
  });
});

test.describe("faults", () => {
  test.beforeEach(({ telegram }) => telegram.faults({}));
  test.afterEach(({ telegram }) => telegram.faults({}));

  test("one click sets a fault, another takes it away", async ({ window, telegram }) => {
    await openDesk(window, await telegram.newUser(), "faults");
    await window.telegram("fault-payment-lost").click();
    await expect.poll(async () => (await telegram.faultsSet()).updates).toMatchObject([PAYMENT]);
    await choose(window, "fault-three");
    await window.telegram("fault-too-many").click();
    await expect
      .poll(async () => (await telegram.faultsSet()).methods)
      .toMatchObject([{ method: "sendMessage", error_code: 429, retry_after: 3, count: 3 }]);
    await expect(window.telegram("faults").getByRole("listitem")).toHaveText([/sendMessage.*3 times/, /successful_payment.*once/]);
    await window.page.getByRole("button", { name: "Remove successful_payment lost" }).click();
    await expect.poll(async () => (await telegram.faultsSet()).updates).toEqual([]);
    expect((await telegram.faultsSet()).methods).toHaveLength(1);
    await window.telegram("clear-faults").click();
    await expect.poll(async () => (await telegram.faultsSet()).methods).toEqual([]);
    await expect(window.telegram("faults")).toHaveText("All is well");
  });

  test("the webhook goes down and comes back", async ({ window, telegram }) => {
    await openDesk(window, await telegram.newUser(), "faults");
    await window.telegram("webhook-outage").click();
    await expect.poll(async () => (await telegram.faultsSet()).webhook.outage).toBe(true);
    await window.telegram("webhook-outage").click();
    await expect.poll(async () => (await telegram.faultsSet()).webhook.outage).toBe(false);
  });

  test("a fault of one's own strikes, and its count goes down on the desk", async ({ window, telegram, servers }) => {
    const user = await telegram.newUser();
    await openDesk(window, user, "faults");
    await window.telegram("own-fault").click();
    await window.telegram("fault-method").fill("getMe");
    await window.telegram("fault-code").fill("502");
    await window.telegram("add-fault").click();
    await expect(window.telegram("faults")).toContainText("once");
    const getMe = () => fetch(`${servers.sandbox}/bot${TOKEN}/getMe`).then((answer) => answer.status);
    expect(await getMe()).toBe(502);
    expect(await getMe()).toBe(200);
    await expect(window.telegram("faults")).toContainText("used up");
  });

  test("faults set elsewhere are kept when the desk adds one", async ({ window, telegram }) => {
    await openDesk(window, await telegram.newUser(), "faults");
    await telegram.faults({ methods: [{ method: "sendPhoto", error_code: 500 }] });
    await window.telegram("fault-no-chat").click();
    await expect
      .poll(async () => (await telegram.faultsSet()).methods.map((fault) => fault.method))
      .toEqual(["sendPhoto", "sendMessage"]);
    await expect(window.telegram("faults")).toContainText("sendPhoto");
  });
});

test.describe("person", () => {
  test("language, Premium and Stars are changed", async ({ window, telegram }) => {
    const user = await telegram.newUser({ stars: 10 });
    await openDesk(window, user, "person");
    await window.telegram("person-language").selectOption("ru");
    await expect.poll(async () => (await telegram.user(user)).language_code).toBe("ru");
    await window.telegram("person-premium").click();
    await expect.poll(async () => (await telegram.user(user)).is_premium).toBe(true);
    await window.telegram("top-up").click();
    await window.telegram("top-up-amount").fill("25");
    await window.telegram("top-up-own").click();
    await expect.poll(async () => telegram.balance(user)).toBe(1035);
    await expect(window.telegram("balance")).toContainText("1,035");
  });

  test("the bot is blocked and let in again", async ({ window, telegram }) => {
    const user = await telegram.newUser();
    await openDesk(window, user, "person");
    await window.telegram("block").click();
    await expect.poll(async () => (await telegram.access(user)).blocked).toBe(true);
    await window.telegram("block").click();
    await expect.poll(async () => (await telegram.access(user)).blocked).toBe(false);
  });

  test("the phone goes to another person", async ({ window, telegram }) => {
    const first = await telegram.newUser();
    const second = await telegram.newUser({ stars: 77 });
    await openDesk(window, first, "person");
    await window.telegram("switch-person").selectOption(String(second.id));
    await expect(window.telegram("person-id")).toHaveText(String(second.id));
    await expect(window.telegram("balance")).toContainText("77");
    await window.telegram("top-up-100").click();
    await expect.poll(async () => telegram.balance(second)).toBe(177);
  });

  test("a new person takes the phone", async ({ window, telegram, page }) => {
    await openDesk(window, await telegram.newUser(), "person");
    const close = page.getByRole("button", { name: "Close control desk" });
    if (await close.isVisible()) {
      await close.click();
      await page.getByRole("button", { name: "Chats" }).click();
    }
    await window.telegram("new-person").click();
    await page.getByLabel("First name").first().fill("Zoë Приветова");
    await page.locator(".people").getByLabel("Telegram Premium").check();
    await window.telegram("add-person").click();
    await expect.poll(async () => (await telegram.users()).map((one) => one.first_name)).toContain("Zoë Приветова");
    const made = (await telegram.users()).find((one) => one.first_name === "Zoë Приветова");
    expect(made).toMatchObject({ is_premium: true, stars: 1000 });
    await expect(page.locator(".people [aria-current]").filter({ hasText: "Zoë" })).toBeVisible();
  });
});

test.describe("the inspector", () => {
  test("shows calls of the Bot API with their JSON, finds and forgets them", async ({ window, telegram, servers }) => {
    await openDesk(window, await telegram.newUser(), "person");
    const body = JSON.stringify({ chat_id: 1, text: "a needle in the hay" });
    await fetch(`${servers.sandbox}/bot${TOKEN}/sendMessage`, { method: "POST", body, headers: { "content-type": "application/json" } });
    const inspector = window.telegram("inspector");
    await window.telegram("inspector-search").fill("needle");
    const found = inspector.locator(".entry");
    await expect(found).toHaveCount(1);
    await expect(found).toContainText("sendMessage");
    await expect(found).toContainText("400");
    await found.locator("summary").click();
    await expect(found.locator(".json")).toContainText("a needle in the hay");
    await expect(found.locator(".json")).toContainText("chat not found");
    await window.telegram("inspector-search").fill("");
    await window.telegram("inspector-problems").click();
    await expect(found.first()).toContainText("sendMessage");
    await expect(inspector.locator('[data-fate="ok"]')).toHaveCount(0);
    const saved = window.page.waitForEvent("download");
    await window.telegram("inspector-save").click();
    expect((await saved).suggestedFilename()).toBe("inspector.json");
    await window.telegram("inspector-clear").click();
    await expect(found).toHaveCount(0);
    await expect(window.telegram("inspector-total")).toHaveText("0");
  });
});

test("axe finds nothing on any side of the desk", async ({ window, telegram }) => {
  const user = await telegram.newUser();
  await telegram.faults({ methods: [{ method: "getFile", error_code: 500, count: 0 }], updates: [{ kind: "*", action: "delay", delay_ms: 5 }] });
  try {
    for (const tab of ["person", "time", "faults", "device"] satisfies Tab[]) {
      await openDesk(window, user, tab);
      if (tab === "faults") await window.telegram("own-fault").click();
      expect(await window.accessibilityFindings(), tab).toEqual([]);
    }
  } finally {
    await telegram.faults({});
  }
});

test("tabs are worked by arrow keys and remembered", async ({ window, telegram, page }) => {
  const user = await telegram.newUser();
  await openDesk(window, user, "person");
  await window.telegram("tab-person").focus();
  await page.keyboard.press("ArrowRight");
  await expect(window.telegram("tab-groups")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(window.telegram("tab-time")).toBeFocused();
  await expect(window.telegram("clock")).toBeVisible();
  await page.goto(`${window.servers.sandbox}/?user=${user.id}&frame=${window.look.frame}`);
  await expect(window.telegram("chat")).toBeVisible();
  await showDesk(window);
  await expect(window.telegram("clock")).toBeVisible();
});
