import { expect, test } from "./fixtures.ts";

test("main button", async ({ open, page }) => {
  const stage = await open();
  const button = page.getByTestId("main-button");
  const look = { text: "Buy", ground: "#aa2200", ink: "#ffffff", enabled: true, busy: false, visible: true };
  await stage.drive("mainButton", look);
  await expect(button).toHaveText("Buy");
  await expect(button).toHaveCSS("background-color", "rgb(170, 34, 0)");
  await button.click();
  await expect.poll(async () => (await stage.clicks()).main).toBe(1);
  await stage.drive("mainButton", { ...look, busy: true });
  await expect(button).toHaveAttribute("aria-busy", "true");
  await stage.drive("mainButton", { ...look, enabled: false });
  await expect(button).toBeDisabled();
  await stage.drive("mainButton", { ...look, visible: false });
  await expect(button).toBeHidden();
});

test("secondary button", async ({ open, page }) => {
  const stage = await open();
  await stage.drive("mainButton", { text: "Buy", ground: "#1f74c7", ink: "#ffffff", enabled: true, busy: false, visible: true });
  await stage.drive("secondaryButton", { text: "Later", position: "top", visible: true });
  const button = page.getByTestId("secondary-button");
  await expect(button).toHaveText("Later");
  const [above, below] = [await button.boundingBox(), await page.getByTestId("main-button").boundingBox()];
  expect(above?.y).toBeLessThan(below?.y ?? 0);
  await button.click();
  await expect.poll(() => stage.clicks()).toMatchObject({ main: 0, secondary: 1 });
});

test("back button", async ({ open, page }) => {
  const stage = await open();
  const button = page.getByTestId("back-button");
  await expect(button).toBeHidden();
  await stage.drive("backButton", true);
  await button.click();
  await expect.poll(async () => (await stage.clicks()).back).toBe(1);
  await stage.drive("backButton", false);
  await expect(button).toBeHidden();
});

test("settings button", async ({ open, page }) => {
  const stage = await open();
  await stage.drive("settingsButton", true);
  await page.getByTestId("app-menu").click();
  await page.getByTestId("settings-item").click();
  await expect.poll(async () => (await stage.clicks()).settings).toBe(1);
});

test("haptic feedback", async ({ open, page }) => {
  const stage = await open({ tab: "device" });
  await stage.drive("haptics");
  await expect(page.getByTestId("haptics").getByRole("listitem")).toContainText([
    "selection change", "notification · success", "impact · heavy",
  ]);
});

test("closing confirmation", async ({ open, page }) => {
  const stage = await open();
  await stage.drive("confirmClosing", true);
  await page.getByTestId("close-app").click();
  await expect(page.getByTestId("close-confirm")).toBeVisible();
  await page.getByTestId("popup-button-cancel").click();
  await stage.drive("confirmClosing", false);
  await page.getByTestId("close-app").click();
  await expect(page.getByTestId("app-frame")).toHaveCount(0);
});
