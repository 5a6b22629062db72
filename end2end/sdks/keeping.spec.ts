import { expect, test } from "./fixtures.ts";

test("openInvoice ends paid", async ({ open, page, bot }) => {
  const stage = await open();
  const status = stage.drive("invoice", await bot.invoice(50));
  await page.getByTestId("pay-confirm").click();
  expect(await status).toBe("paid");
});

test("openInvoice ends cancelled", async ({ open, page, bot }) => {
  const stage = await open();
  const status = stage.drive("invoice", await bot.invoice(50));
  await page.getByTestId("pay-close").click();
  expect(await status).toBe("cancelled");
});

test("openInvoice ends failed, though paid", async ({ open, page, bot }) => {
  const stage = await open({ outcome: "failed_but_paid" });
  const status = stage.drive("invoice", await bot.invoice(50));
  await page.getByTestId("pay-confirm").click();
  await page.getByTestId("pay-close").click();
  expect(await status).toBe("failed");
});

test("cloud storage", async ({ open }) => {
  const stage = await open();
  await stage.drive("cloud.set", "colour", "blue");
  expect(await stage.drive("cloud.get", "colour")).toBe("blue");
  expect(await stage.drive("cloud.keys")).toEqual(["colour"]);
  await stage.drive("cloud.remove", "colour");
  expect(await stage.drive("cloud.get", "colour")).toBe("");
});

test("cloud storage refuses a bad key", async ({ open }) => {
  const stage = await open();
  const refusal = await stage.drive("cloud.set", "not a key", "x").catch((error) => String(error));
  expect(refusal).toContain("KEY_INVALID");
});

test("device storage", async ({ open, sdk }) => {
  test.skip("device" in sdk.lacks, sdk.lacks.device);
  const stage = await open();
  expect(await stage.drive("device.get", "draft")).toBe(null);
  await stage.drive("device.set", "draft", "Hello");
  expect(await stage.drive("device.get", "draft")).toBe("Hello");
  await stage.drive("device.clear");
  expect(await stage.drive("device.get", "draft")).toBe(null);
});

test("secure storage, and restoring it", async ({ open, page, sdk }) => {
  test.skip("secure" in sdk.lacks, sdk.lacks.secure);
  const stage = await open({ tab: "device" });
  await stage.drive("secure.set", "key", "s3cret");
  expect(await stage.drive("secure.get", "key")).toMatchObject({ value: "s3cret" });
  await page.getByTestId("reinstall").click();
  expect(await stage.drive("secure.get", "key")).toEqual({ value: null, restorable: true });
  const restored = stage.drive("secure.restore", "key");
  await page.getByTestId("popup-button-restore").click();
  expect(await restored).toBe("s3cret");
  await stage.drive("secure.clear");
  expect(await stage.drive("secure.get", "key")).toMatchObject({ value: null });
});

test("secure storage is refused where no phone is", async ({ open, sdk }) => {
  test.skip("secure" in sdk.lacks, sdk.lacks.secure);
  const stage = await open({ platform: "tdesktop" });
  const refusal = await stage.drive("secure.set", "key", "s3cret").catch((error) => String(error));
  expect(refusal).toContain("UNSUPPORTED");
});
