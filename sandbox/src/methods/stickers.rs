//! Sticker sets: getStickerSet, getCustomEmojiStickers, uploadStickerFile, createNewStickerSet,
//! setStickerSetTitle, setStickerSetThumbnail, deleteStickerSet; and sendSticker.

use serde_json::{Value, json};

use super::input_sticker::{Candidate, InputFile, InputSticker, prepare};
use super::send::{send, take_file};
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::file::FileKind;
use crate::limits::{CUSTOM_EMOJI_ASKED, STICKER_NAME_CHARS, STICKERS_AT_FIRST};
use crate::message::Content;
use crate::sticker::{Format, Purpose, StickerSet, StickerType};
use crate::text::FormattedText;

/// sendSticker: what is no sticker goes out as a document.
///
/// # Errors
/// 400 for a bad file or keyboard, 403 when the bot may not write.
pub fn send_sticker(call: &mut Call<'_>) -> MethodResult {
    let file = take_file(call, "sticker", FileKind::Document)?;
    if file.kind == FileKind::Sticker {
        let content = call.state.sticker_content(&file.file_id);
        return send(call, content);
    }
    let stored = call.state.files.get(&file.file_id);
    let bytes = stored
        .map(|stored| stored.bytes.clone())
        .unwrap_or_default();
    let format = Format::of(&bytes);
    let sides = format.measure(Purpose::Sticker, &bytes);
    let Some(sides) = sides.ok().filter(|_| Format::is_sticker(&bytes)) else {
        let content = Content::Document(file, FormattedText::default());
        return send(call, content);
    };
    let upload = crate::params::Upload {
        name: String::new(),
        mime: String::new(),
        bytes,
    };
    let kept = call.state.keep_sticker(call.bot_id, &upload, format, sides);
    let mut sticker = kept.object;
    let emoji = call.params.text("emoji");
    if !emoji.is_empty() {
        sticker["emoji"] = json!(emoji);
    }
    let media = crate::message::Media::new("sticker", sticker, FormattedText::default());
    send(call, Content::Media(media))
}

/// getStickerSet.
///
/// # Errors
/// 400 when there is no such set.
pub fn get(call: &mut Call<'_>) -> MethodResult {
    let name = call.params.text("name");
    let set = call.state.sticker_set(&name)?;
    Ok(call.state.sticker_set_object(set).into())
}

/// getCustomEmojiStickers: those that are there, each once. Source of the texts:
/// tdlib/telegram-bot-api Client.cpp `process_get_custom_emoji_stickers_query`.
///
/// # Errors
/// 400 for a bad list.
pub fn custom_emoji(call: &mut Call<'_>) -> MethodResult {
    call.params.required("custom_emoji_ids")?;
    let complaint = "Can't parse custom emoji identifiers JSON object";
    let Some(Value::Array(list)) = call.params.json("custom_emoji_ids", complaint)? else {
        let why = "Expected an Array of custom emoji identifiers";
        return Err(ApiError::bad(why));
    };
    let mut wanted: Vec<i64> = Vec::with_capacity(list.len());
    for item in &list {
        let why = "Custom emoji identifier must be of type String";
        let text = item.as_str().ok_or_else(|| ApiError::bad(why))?;
        let why = "Invalid custom emoji identifier specified";
        wanted.push(text.parse().map_err(|_| ApiError::bad(why))?);
    }
    if wanted.len() > CUSTOM_EMOJI_ASKED {
        // source: tdlib/td StickersManager.cpp `get_custom_emoji_stickers`
        let why = "Too many custom emoji identifiers specified";
        return Err(ApiError::bad(why));
    }
    let mut found: Vec<Value> = Vec::new();
    for (at, id) in wanted.iter().enumerate() {
        let mut all = call
            .state
            .sticker_sets
            .values()
            .flat_map(|set| &set.stickers);
        let sticker = all.find(|sticker| sticker.custom_emoji_id == Some(*id));
        if let Some(sticker) = sticker.filter(|_| !wanted[..at].contains(id)) {
            found.push(call.state.sticker_object(&sticker.file_id));
        }
    }
    Ok(Value::Array(found).into())
}

/// uploadStickerFile: the file is a document until it is in a set. Source:
/// tdlib/telegram-bot-api Client.cpp `process_upload_sticker_file_query`, tdlib/td
/// StickersManager.cpp `upload_sticker_file`.
///
/// # Errors
/// 400 for an unknown user or format, or a file that cannot be a sticker.
pub fn upload(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let format = Format::read(&call.params.text("sticker_format"))?;
    check_user(call, user_id)?;
    let handle = call.params.text("sticker");
    let file = match InputFile::read(call.params, "sticker", &handle) {
        Some(InputFile::Id(_)) => {
            // A handle will not do here; a file may still have been sent along.
            let sent = call.params.file("sticker").cloned();
            sent.map(InputFile::Upload)
        }
        file => file,
    };
    // source: tdlib/td FileManager.cpp `get_input_file_id`
    let file = file.ok_or_else(|| ApiError::bad("InputFile is not specified"))?;
    let Candidate { upload, format } = prepare(call, &file, format, Purpose::Sticker)?;
    let kept = match format {
        Format::Animated => {
            let sides = format.measure(Purpose::Sticker, &upload.bytes)?;
            call.state.keep_sticker(call.bot_id, &upload, format, sides)
        }
        Format::Static | Format::Video => call.state.store_document(call.bot_id, &upload),
    };
    let stored = call.state.files.get(&kept.file_id);
    Ok(stored.map(|file| file.to_api()).unwrap_or_default().into())
}

/// createNewStickerSet. Order and texts of the checks: tdlib/telegram-bot-api Client.cpp
/// `process_create_new_sticker_set_query`, tdlib/td StickersManager.cpp `create_new_sticker_set`.
///
/// # Errors
/// 400 for an unknown user, a bad name, title or sticker, or a name that is taken.
pub fn create(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let stickers = read_list(call)?;
    let kind = read_kind(call)?;
    check_user(call, user_id)?;
    let title = read_title(call)?;
    let name = call.params.text("name").trim().to_owned();
    if name.is_empty() {
        return Err(ApiError::bad("Sticker set name must be non-empty"));
    }
    if stickers.is_empty() {
        return Err(ApiError::bad("At least 1 sticker must be specified"));
    }
    let needs_repainting = call.params.flag("needs_repainting");
    if needs_repainting && kind != StickerType::CustomEmoji {
        return Err(ApiError::bad(
            "Only custom emoji stickers support repainting",
        ));
    }
    let mut files = Vec::with_capacity(stickers.len());
    for sticker in &stickers {
        files.push(sticker.prepare(call, kind, None)?);
    }
    check_name(call, &name)?;
    let mut sides = Vec::with_capacity(files.len());
    for file in &files {
        sides.push(file.format.measure(kind.purpose(), &file.upload.bytes)?);
    }
    let mut set = StickerSet {
        bot_id: call.bot_id,
        user_id,
        name,
        title,
        kind,
        needs_repainting,
        thumbnail: None,
        stickers: Vec::with_capacity(files.len()),
    };
    for ((sticker, file), sides) in stickers.into_iter().zip(&files).zip(sides) {
        set.add(sticker.keep(call, kind, file, sides))?;
    }
    call.state
        .sticker_sets
        .insert(StickerSet::key(&set.name), set);
    Ok(json!(true).into())
}

fn read_list(call: &Call<'_>) -> ApiResult<Vec<InputSticker>> {
    if !call.params.has("stickers") {
        return Err(ApiError::bad("there is no sticker file in the request"));
    }
    let list = call
        .params
        .json("stickers", "Can't parse stickers JSON object")?;
    let Some(Value::Array(list)) = list else {
        return Err(ApiError::bad("Expected an Array of InputSticker"));
    };
    if list.len() > STICKERS_AT_FIRST {
        return Err(ApiError::bad("Too many stickers specified"));
    }
    let default = call.params.text("sticker_format");
    let complain = |why: String| ApiError::bad(&format!("Can't parse InputSticker: {why}"));
    list.iter()
        .map(|item| InputSticker::read(call.params, item, &default).map_err(complain))
        .collect()
}

/// Source: tdlib/telegram-bot-api Client.cpp `get_sticker_type`.
fn read_kind(call: &Call<'_>) -> ApiResult<StickerType> {
    match call.params.text("sticker_type").as_str() {
        _ if call.params.flag("contains_masks") => Ok(StickerType::Mask),
        "" | "regular" => Ok(StickerType::Regular),
        "mask" => Ok(StickerType::Mask),
        "custom_emoji" => Ok(StickerType::CustomEmoji),
        _ => Err(ApiError::bad("Unsupported sticker type specified")),
    }
}

/// A title is cut where it is too long, not refused. Source: tdlib/td StickersManager.cpp.
fn read_title(call: &Call<'_>) -> ApiResult<String> {
    let title = call.params.text("title");
    let title: String = title.trim().chars().take(STICKER_NAME_CHARS).collect();
    if title.is_empty() {
        return Err(ApiError::bad("Sticker set title must be non-empty"));
    }
    Ok(title)
}

/// setStickerSetTitle.
///
/// # Errors
/// 400 for an empty name or title, or when there is no such set of this bot's.
pub fn set_title(call: &mut Call<'_>) -> MethodResult {
    let name = call.params.text("name");
    if StickerSet::key(&name).is_empty() {
        return Err(ApiError::bad("Sticker set name must be non-empty"));
    }
    let title = read_title(call)?;
    call.state.own_sticker_set(call.bot_id, &name)?.title = title;
    Ok(json!(true).into())
}

/// setStickerSetThumbnail; without a file, the set has none any more. Texts: tdlib/td
/// StickersManager.cpp `do_set_sticker_set_thumbnail`.
///
/// # Errors
/// 400 for an unknown user, format or set, or a bad file.
pub fn set_thumbnail(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let word = call.params.text("format");
    let format = Format::read(if word.is_empty() { "auto" } else { &word })?;
    check_user(call, user_id)?;
    let name = call.params.text("name");
    let bot_id = call.bot_id;
    let set = call.state.own_sticker_set(bot_id, &name)?;
    if set.kind == StickerType::CustomEmoji {
        return Err(ApiError::bad(
            "The method can't be used to set thumbnail of custom emoji sticker sets",
        ));
    }
    let format = format.or(guess(call, &name)?);
    let handle = call.params.text("thumbnail");
    let thumbnail = match InputFile::read(call.params, "thumbnail", &handle) {
        None => None,
        Some(file) => {
            let Candidate { upload, format } = prepare(call, &file, format, Purpose::Thumbnail)?;
            let (width, height) = format.measure(Purpose::Thumbnail, &upload.bytes)?;
            let size = json!({ "width": width, "height": height });
            let kept = call.state.keep(bot_id, &upload, FileKind::Thumbnail, size);
            Some(kept.file_id)
        }
    };
    call.state.own_sticker_set(bot_id, &name)?.thumbnail = thumbnail;
    Ok(json!(true).into())
}

/// deleteStickerSet.
///
/// # Errors
/// 400 when there is no such set of this bot's.
pub fn delete(call: &mut Call<'_>) -> MethodResult {
    let name = call.params.text("name");
    call.state.own_sticker_set(call.bot_id, &name)?;
    call.state.sticker_sets.remove(&StickerSet::key(&name));
    Ok(json!(true).into())
}

/// The format of a set whose stickers are all alike. Source: tdlib/td StickersManager.cpp
/// `guess_sticker_set_format`.
pub(super) fn guess(call: &Call<'_>, name: &str) -> ApiResult<Option<Format>> {
    let set = call.state.sticker_set(name)?;
    let files = set.stickers.iter();
    let files = files.filter_map(|sticker| call.state.files.get(&sticker.file_id));
    let mut formats = files.map(|file| Format::of(&file.bytes));
    let first = formats.next();
    Ok(first.filter(|first| formats.all(|format| format == *first)))
}

/// The user for whom something is done must be known. Source: tdlib/telegram-bot-api Client.cpp
/// `check_user`.
pub(super) fn check_user(call: &Call<'_>, user_id: i64) -> ApiResult<()> {
    let account = call.state.account(user_id);
    account
        .map(|_| ())
        .ok_or_else(|| ApiError::bad("user not found"))
}

/// A name is of letters, digits and single underscores, begins with a letter and ends with
/// `_by_` and the bot's name. Source: Bot API, `createNewStickerSet`; of the texts:
/// tdlib/telegram-bot-api Client.cpp `fail_query_with_error`, `PACK_SHORT_NAME_INVALID`.
fn check_name(call: &mut Call<'_>, name: &str) -> ApiResult<()> {
    let key = StickerSet::key(name);
    let bot = &call.state.bot_mut(call.bot_id)?.profile;
    let ending = format!("_by_{}", bot.username.to_lowercase());
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let fits = name.len() <= STICKER_NAME_CHARS && !name.contains("__");
    if !is_word || !begins || !fits || !key.ends_with(&ending) {
        return Err(ApiError::bad("invalid sticker set name is specified"));
    }
    if call.state.sticker_sets.contains_key(&key) {
        return Err(ApiError::bad("sticker set name is already occupied"));
    }
    Ok(())
}
