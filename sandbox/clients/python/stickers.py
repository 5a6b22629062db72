"""Sticker sets: made, looked at, changed, sent and taken away."""

from pathlib import Path

from calls import refused
from picture import PNG

#: Pictures with the sides that a sticker and a set's picture must have.
STICKER, THUMBNAIL = ((Path(__file__).parent.parent / name).read_bytes() for name in ("sticker.png", "thumbnail.png"))


async def found(w) -> list:
    return (await w.bot.get_sticker_set(w.pack)).stickers


async def emoji(w) -> list[str]:
    return [sticker.emoji for sticker in await found(w)]


async def make(w) -> None:
    w.pack = f"sea_by_{(await w.bot.get_me()).username}"
    one, two = w.sticker(STICKER, "🌊"), w.sticker(STICKER, "🐚")
    create = w.bot.create_new_sticker_set
    await refused(w, create(w.buyer, "sea", "Sea", stickers=[one]), "invalid sticker set name")
    await refused(w, create(w.buyer, w.pack, "Sea", stickers=[w.sticker(PNG, "🌊")]), "STICKER_PNG_DIMENSIONS")
    assert await create(w.buyer, w.pack, "Sea", stickers=[one, two])
    await refused(w, create(w.buyer, w.pack, "Sea", stickers=[one]), "already occupied")
    made = await w.bot.get_sticker_set(w.pack)
    assert (made.name, made.title, made.sticker_type) == (w.pack, "Sea", "regular")
    assert await emoji(w) == ["🌊", "🐚"]
    first = made.stickers[0]
    assert (first.width, first.height, first.type, first.set_name) == (512, 512, "regular", w.pack)
    assert not first.is_animated and not first.is_video


async def change(w) -> None:
    file = await w.bot.upload_sticker_file(w.buyer, w.file(STICKER), "static")
    assert file.file_size == len(STICKER)
    assert await w.bot.add_sticker_to_set(w.buyer, w.pack, w.sticker(file.file_id, "⚓"))
    assert await emoji(w) == ["🌊", "🐚", "⚓"]
    second = (await found(w))[1].file_id
    assert await w.bot.replace_sticker_in_set(w.buyer, w.pack, second, w.sticker(file.file_id, "⛵"))
    assert await emoji(w) == ["🌊", "⛵", "⚓"]
    replaced = (await found(w))[1].file_id
    assert replaced != second
    assert await w.bot.delete_sticker_from_set(replaced)
    await refused(w, w.bot.delete_sticker_from_set(replaced), "STICKER_INVALID")
    assert await emoji(w) == ["🌊", "⚓"]


async def arrange(w) -> None:
    first = (await found(w))[0].file_id
    assert await w.bot.set_sticker_position_in_set(first, 1)
    assert await w.bot.set_sticker_emoji_list(first, ["🐟", "🐠"])
    assert await w.bot.set_sticker_keywords(first, keywords=["fish"])
    assert await emoji(w) == ["⚓", "🐟"]
    await refused(w, w.bot.set_sticker_emoji_list(first, ["fish"]), "expected a Unicode emoji")


async def send(w) -> None:
    file = (await found(w))[0].file_id
    sent = (await w.bot.send_sticker(w.buyer, file)).sticker
    assert (sent.file_id, sent.emoji, sent.set_name) == (file, "⚓", w.pack)


async def finish(w) -> None:
    assert await w.bot.set_sticker_set_title(w.pack, "The sea")
    picture = w.file(THUMBNAIL)
    assert await w.bot.set_sticker_set_thumbnail(w.pack, w.buyer, format="static", thumbnail=picture)
    made = await w.bot.get_sticker_set(w.pack)
    assert (made.title, made.thumbnail.width, made.thumbnail.height) == ("The sea", 100, 100)
    assert await w.bot.delete_sticker_set(w.pack)
    await refused(w, w.bot.get_sticker_set(w.pack), "STICKERSET_INVALID")


CHECKS = {
    "createNewStickerSet, getStickerSet": make,
    "uploadStickerFile, addStickerToSet, replaceStickerInSet, deleteStickerFromSet": change,
    "setStickerPositionInSet, setStickerEmojiList, setStickerKeywords": arrange,
    "sendSticker: with its set": send,
    "setStickerSetTitle, setStickerSetThumbnail, deleteStickerSet": finish,
}
