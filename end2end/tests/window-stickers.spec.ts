import { expect, test } from "../support/alone.ts";
import { openDesk } from "../support/desk.ts";

/** Draws a picture in the page, so that no file of one is needed. */
const drawn = () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 512, height: 384 });
  const brush = canvas.getContext("2d")!;
  brush.fillStyle = "#2a74c4";
  brush.beginPath();
  brush.ellipse(256, 192, 250, 186, 0, 0, 7);
  brush.fill();
  brush.font = "210px sans-serif";
  brush.textAlign = "center";
  brush.fillText("🌊", 256, 265);
  return canvas.toDataURL("image/png").split(",")[1];
};

test("stickers of a set stand in the chat as they are", async ({ window, telegram, page }) => {
  const user = await telegram.newUser();
  await openDesk(window, user, "person");
  const picture = Buffer.from(await page.evaluate(drawn), "base64");
  const { username } = await telegram.botCall<{ username: string }>("getMe", {});
  const name = `sea_by_${username}`;
  const files = { one: picture, two: Buffer.from([0x1f, 0x8b, 8, 0]) };
  const stickers = [
    { sticker: "attach://one", format: "static", emoji_list: ["🌊"] },
    { sticker: "attach://two", format: "animated", emoji_list: ["🐚"] },
  ];
  await telegram.upload("createNewStickerSet", { user_id: user.id, name, title: "Sea", stickers }, files);
  const set = await telegram.botCall<{ stickers: { file_id: string }[] }>("getStickerSet", { name });
  await telegram.botCall("sendMessage", { chat_id: user.id, text: "Two for you:" });
  for (const { file_id: sticker } of set.stickers) await telegram.botCall("sendSticker", { chat_id: user.id, sticker });
  const still = window.telegram("sticker").first();
  await expect(still).toHaveAttribute("alt", "Sticker 🌊");
  await expect(still).toHaveAttribute("title", `Sticker 🌊 of ${name}`);
  await expect(still).toHaveJSProperty("naturalWidth", 512);
  const box = (await still.boundingBox())!;
  expect(Math.round((box.width / box.height) * 100)).toBe(133);
  await expect(window.telegram("sticker").last()).toContainText("🐚");
  expect(await window.accessibilityFindings()).toEqual([]);
});
