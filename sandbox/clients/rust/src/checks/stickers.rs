//! Sticker sets.

use super::calls::id;
use super::messages::file;
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::input_file::{FileUpload, InputFile};
use frankenstein::methods::{
    AddStickerToSetParams, CreateNewStickerSetParams, DeleteStickerFromSetParams,
    DeleteStickerSetParams, GetStickerSetParams, ReplaceStickerInSetParams, SendStickerParams,
    SetStickerEmojiListParams, SetStickerKeywordsParams, SetStickerPositionInSetParams,
    SetStickerSetThumbnailParams, SetStickerSetTitleParams, UploadStickerFileParams,
};
use frankenstein::stickers::{InputSticker, StickerFormat, StickerSet, StickerType};
use frankenstein::{Error, TelegramApi};

pub const ALL: &[Check] = &[
    ("createNewStickerSet, getStickerSet", make),
    (
        "uploadStickerFile, addStickerToSet, replaceStickerInSet, deleteStickerFromSet",
        change,
    ),
    (
        "setStickerPositionInSet, setStickerEmojiList, setStickerKeywords",
        arrange,
    ),
    ("sendSticker: with its set", send),
    (
        "setStickerSetTitle, setStickerSetThumbnail, deleteStickerSet",
        finish,
    ),
];

/// Pictures with the sides that a sticker and a set's picture must have.
const STICKER: &[u8] = include_bytes!("../../../sticker.png");
const THUMBNAIL: &[u8] = include_bytes!("../../../thumbnail.png");

fn sticker(file: impl Into<FileUpload>, emoji: &str) -> InputSticker {
    InputSticker::builder()
        .sticker(file)
        .format(StickerFormat::Static)
        .emoji_list(vec![emoji.to_owned()])
        .build()
}

fn create(w: &World, name: &str, stickers: Vec<InputSticker>) -> Result<bool, Error> {
    let params = CreateNewStickerSetParams::builder()
        .user_id(id(w.buyer))
        .name(name)
        .title("Sea")
        .stickers(stickers)
        .build();
    let answer = w.bot.create_new_sticker_set(&params);
    answer.map(|answer| answer.result)
}

fn get(w: &World) -> Result<StickerSet, Error> {
    let params = GetStickerSetParams::builder().name(&w.pack).build();
    w.bot.get_sticker_set(&params).map(|answer| answer.result)
}

/// Handle of the sticker at this place.
fn at(w: &World, place: usize) -> String {
    get(w).unwrap().stickers[place].file_id.clone()
}

fn emoji(w: &World) -> Vec<String> {
    let stickers = get(w).unwrap().stickers.into_iter();
    stickers.map(|sticker| sticker.emoji.unwrap()).collect()
}

fn make(w: &mut World) -> Outcome {
    let me = w.bot.get_me().unwrap().result;
    w.pack = format!("sea_by_{}", me.username.unwrap());
    let good = file("sticker.png", STICKER);
    let small = file("small.png", include_bytes!("sea.png"));
    let one = || vec![sticker(good.clone(), "🌊")];
    refused(create(w, "sea", one()), 400, "invalid sticker set name");
    refused(
        create(w, &w.pack, vec![sticker(small, "🌊")]),
        400,
        "STICKER_PNG_DIMENSIONS",
    );
    let two = vec![sticker(good.clone(), "🌊"), sticker(good.clone(), "🐚")];
    assert!(create(w, &w.pack, two).unwrap());
    refused(create(w, &w.pack, one()), 400, "already occupied");
    let found = get(w).unwrap();
    assert_eq!((&found.name, found.title.as_str()), (&w.pack, "Sea"));
    assert_eq!(found.sticker_type, StickerType::Regular);
    assert_eq!(emoji(w), ["🌊", "🐚"]);
    let first = &found.stickers[0];
    assert_eq!((first.width, first.height), (512, 512));
    assert_eq!(first.set_name.as_ref(), Some(&w.pack));
    assert!(!first.is_animated && !first.is_video);
    Ok(())
}

fn remove(w: &World, sticker: &str) -> Result<bool, Error> {
    let params = DeleteStickerFromSetParams::builder()
        .sticker(sticker)
        .build();
    let answer = w.bot.delete_sticker_from_set(&params);
    answer.map(|answer| answer.result)
}

fn change(w: &mut World) -> Outcome {
    let upload = UploadStickerFileParams::builder()
        .user_id(id(w.buyer))
        .sticker(InputFile::from(file("sticker.png", STICKER)))
        .sticker_format(StickerFormat::Static)
        .build();
    let uploaded = w.bot.upload_sticker_file(&upload).unwrap().result.file_id;
    let add = AddStickerToSetParams::builder()
        .user_id(id(w.buyer))
        .name(&w.pack)
        .sticker(sticker(uploaded.clone(), "⚓"))
        .build();
    assert!(w.bot.add_sticker_to_set(&add).unwrap().result);
    assert_eq!(emoji(w), ["🌊", "🐚", "⚓"]);
    let second = at(w, 1);
    let replace = ReplaceStickerInSetParams::builder()
        .user_id(id(w.buyer))
        .name(&w.pack)
        .old_sticker(&second)
        .sticker(sticker(uploaded, "⛵"))
        .build();
    assert!(w.bot.replace_sticker_in_set(&replace).unwrap().result);
    assert_eq!(emoji(w), ["🌊", "⛵", "⚓"]);
    let replaced = at(w, 1);
    assert_ne!(replaced, second);
    assert!(remove(w, &replaced).unwrap());
    refused(remove(w, &replaced), 400, "STICKER_INVALID");
    assert_eq!(emoji(w), ["🌊", "⚓"]);
    Ok(())
}

fn arrange(w: &mut World) -> Outcome {
    let first = at(w, 0);
    let position = SetStickerPositionInSetParams::builder()
        .sticker(&first)
        .position(1_u32)
        .build();
    assert!(w.bot.set_sticker_position_in_set(&position).unwrap().result);
    let list = |emoji: &[&str]| {
        let params = SetStickerEmojiListParams::builder()
            .sticker(&first)
            .emoji_list(emoji.iter().map(|one| (*one).to_owned()).collect())
            .build();
        w.bot.set_sticker_emoji_list(&params)
    };
    assert!(list(&["🐟", "🐠"]).unwrap().result);
    let keywords = SetStickerKeywordsParams::builder()
        .sticker(&first)
        .keywords(vec!["fish".to_owned()])
        .build();
    assert!(w.bot.set_sticker_keywords(&keywords).unwrap().result);
    assert_eq!(emoji(w), ["⚓", "🐟"]);
    refused(list(&["fish"]), 400, "expected a Unicode emoji");
    Ok(())
}

fn send(w: &mut World) -> Outcome {
    let handle = at(w, 0);
    let params = SendStickerParams::builder()
        .chat_id(w.buyer)
        .sticker(handle.clone())
        .build();
    let sent = w.bot.send_sticker(&params).unwrap().result;
    let sent = sent.sticker.unwrap();
    assert_eq!((sent.file_id, sent.emoji.as_deref()), (handle, Some("⚓")));
    assert_eq!(sent.set_name.as_ref(), Some(&w.pack));
    Ok(())
}

fn finish(w: &mut World) -> Outcome {
    let title = SetStickerSetTitleParams::builder()
        .name(&w.pack)
        .title("The sea")
        .build();
    assert!(w.bot.set_sticker_set_title(&title).unwrap().result);
    let thumbnail = SetStickerSetThumbnailParams::builder()
        .name(&w.pack)
        .user_id(id(w.buyer))
        .thumbnail(file("thumbnail.png", THUMBNAIL))
        .format(StickerFormat::Static)
        .build();
    assert!(w.bot.set_sticker_set_thumbnail(&thumbnail).unwrap().result);
    let found = get(w).unwrap();
    let picture = found.thumbnail.unwrap();
    assert_eq!(found.title, "The sea");
    assert_eq!((picture.width, picture.height), (100, 100));
    let delete = DeleteStickerSetParams::builder().name(&w.pack).build();
    assert!(w.bot.delete_sticker_set(&delete).unwrap().result);
    refused(get(w), 400, "STICKERSET_INVALID");
    Ok(())
}
