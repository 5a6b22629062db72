/** grammY against the sandbox: sticker sets. */

import { deepStrictEqual as same, notStrictEqual, ok } from 'node:assert';
import { readFileSync } from 'node:fs';
import { InputFile } from 'grammy';
import { PNG } from './picture.js';
import { refused } from './refused.js';

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url));
/** Pictures with the sides that a sticker and a set's picture must have. */
const STICKER = read('sticker.png');
const THUMBNAIL = read('thumbnail.png');

const upload = (bytes) => new InputFile(bytes, 'sea.png');
const sticker = (file, emoji) => ({ sticker: file, format: 'static', emoji_list: [emoji] });
const find = async ({ api, pack }) => (await api.getStickerSet(pack)).stickers;
const emoji = async (w) => (await find(w)).map((one) => one.emoji);

export const stickers = {
  async 'createNewStickerSet, getStickerSet'(w) {
    w.pack = `sea_by_${(await w.api.getMe()).username}`;
    const one = () => sticker(upload(STICKER), '🌊');
    const create = (name, list) => w.api.createNewStickerSet(w.buyer, name, 'Sea', list);
    await refused(create('sea', [one()]), 400, 'invalid sticker set name');
    await refused(create(w.pack, [sticker(upload(PNG), '🌊')]), 400, 'STICKER_PNG_DIMENSIONS');
    ok(await create(w.pack, [one(), sticker(upload(STICKER), '🐚')]));
    await refused(create(w.pack, [one()]), 400, 'already occupied');
    const { name, title, sticker_type, stickers: [first] } = await w.api.getStickerSet(w.pack);
    same([name, title, sticker_type], [w.pack, 'Sea', 'regular']);
    same(await emoji(w), ['🌊', '🐚']);
    same([first.width, first.height, first.type, first.set_name], [512, 512, 'regular', w.pack]);
    same([first.is_animated, first.is_video], [false, false]);
  },
  async 'uploadStickerFile, addStickerToSet, replaceStickerInSet, deleteStickerFromSet'(w) {
    const { api, buyer, pack } = w;
    const file = await api.uploadStickerFile(buyer, 'static', upload(STICKER));
    same(file.file_size, STICKER.length);
    ok(await api.addStickerToSet(buyer, pack, sticker(file.file_id, '⚓')));
    same(await emoji(w), ['🌊', '🐚', '⚓']);
    const second = (await find(w))[1].file_id;
    ok(await api.replaceStickerInSet(buyer, pack, second, sticker(file.file_id, '⛵')));
    same(await emoji(w), ['🌊', '⛵', '⚓']);
    const replaced = (await find(w))[1].file_id;
    notStrictEqual(replaced, second);
    ok(await api.deleteStickerFromSet(replaced));
    await refused(api.deleteStickerFromSet(replaced), 400, 'STICKER_INVALID');
    same(await emoji(w), ['🌊', '⚓']);
  },
  async 'setStickerPositionInSet, setStickerEmojiList, setStickerKeywords'(w) {
    const [{ file_id: first }] = await find(w);
    ok(await w.api.setStickerPositionInSet(first, 1));
    ok(await w.api.setStickerEmojiList(first, ['🐟', '🐠']));
    ok(await w.api.setStickerKeywords(first, ['fish']));
    same(await emoji(w), ['⚓', '🐟']);
    await refused(w.api.setStickerEmojiList(first, ['fish']), 400, 'expected a Unicode emoji');
  },
  async 'sendSticker: with its set'(w) {
    const [{ file_id: id }] = await find(w);
    const { sticker: sent } = await w.api.sendSticker(w.buyer, id);
    same([sent.file_id, sent.emoji, sent.set_name], [id, '⚓', w.pack]);
  },
  async 'setStickerSetTitle, setStickerSetThumbnail, deleteStickerSet'({ api, buyer, pack }) {
    ok(await api.setStickerSetTitle(pack, 'The sea'));
    ok(await api.setStickerSetThumbnail(pack, buyer, upload(THUMBNAIL), 'static'));
    const { title, thumbnail } = await api.getStickerSet(pack);
    same([title, thumbnail.width, thumbnail.height], ['The sea', 100, 100]);
    ok(await api.deleteStickerSet(pack));
    await refused(api.getStickerSet(pack), 400, 'STICKERSET_INVALID');
  },
};
