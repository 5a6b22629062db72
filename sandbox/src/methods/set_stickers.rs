//! The stickers of a set: addStickerToSet, replaceStickerInSet, deleteStickerFromSet,
//! setStickerPositionInSet, setStickerEmojiList, setStickerKeywords, setStickerMaskPosition.
//!
//! A sticker is changed in the bot's set that holds it; its file stays as it is. Texts:
//! tdlib/telegram-bot-api Client.cpp, tdlib/td StickersManager.cpp.

use serde_json::json;

use super::input_sticker::{InputSticker, read_emoji, read_keywords, read_mask};
use super::stickers::{check_user, guess};
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::sticker::Sticker;

/// addStickerToSet.
///
/// # Errors
/// 400 for an unknown user or set, a bad sticker, or a full set.
pub fn add(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let sticker = InputSticker::of(call.params)?;
    check_user(call, user_id)?;
    let (name, sticker) = take(call, sticker)?;
    let set = call.state.own_sticker_set(call.bot_id, &name)?;
    set.add(sticker)?;
    Ok(json!(true).into())
}

/// Makes a sticker for the set that the call names, if it is the bot's.
fn take(call: &mut Call<'_>, sticker: InputSticker) -> ApiResult<(String, Sticker)> {
    let name = call.params.text("name");
    let kind = call.state.own_sticker_set(call.bot_id, &name)?.kind;
    let file = sticker.prepare(call, kind, guess(call, &name)?)?;
    let sides = file.format.measure(kind.purpose(), &file.upload.bytes)?;
    Ok((name, sticker.keep(call, kind, &file, sides)))
}

/// The parameter that names a sticker of a set.
fn named(call: &Call<'_>, field: &str) -> ApiResult<String> {
    let id = call.params.text(field).trim().to_owned();
    if id.is_empty() {
        return Err(ApiError::bad("Sticker is not specified"));
    }
    Ok(id)
}

/// replaceStickerInSet: the new one is where the old one was.
///
/// # Errors
/// 400 for an unknown user or set, a bad sticker, or when the set does not hold the old one.
pub fn replace(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    let old = named(call, "old_sticker")?;
    let sticker = InputSticker::of(call.params)?;
    check_user(call, user_id)?;
    let name = call.params.text("name");
    let wanted = call.state.own_sticker_set(call.bot_id, &name)?.name.clone();
    let (set, at) = call.state.own_sticker(call.bot_id, &old)?;
    if set.name != wanted {
        return Err(ApiError::bad("STICKER_INVALID"));
    }
    let (_, sticker) = take(call, sticker)?;
    let set = call.state.own_sticker_set(call.bot_id, &name)?;
    set.stickers[at] = sticker;
    Ok(json!(true).into())
}

/// deleteStickerFromSet. A set may be empty.
///
/// # Errors
/// 400 when none of the bot's sets holds it.
pub fn remove(call: &mut Call<'_>) -> MethodResult {
    let id = named(call, "sticker")?;
    let (set, at) = call.state.own_sticker(call.bot_id, &id)?;
    set.stickers.remove(at);
    Ok(json!(true).into())
}

/// setStickerPositionInSet; a place behind the end is the end.
///
/// # Errors
/// 400 for a negative place, or when none of the bot's sets holds the sticker.
pub fn move_to(call: &mut Call<'_>) -> MethodResult {
    let id = named(call, "sticker")?;
    let position = call
        .params
        .integer("position", -1, i64::from(i32::MIN), i64::from(i32::MAX));
    let position =
        usize::try_from(position).map_err(|_| ApiError::bad("Wrong sticker position specified"))?;
    let (set, at) = call.state.own_sticker(call.bot_id, &id)?;
    let sticker = set.stickers.remove(at);
    let position = position.min(set.stickers.len());
    set.stickers.insert(position, sticker);
    Ok(json!(true).into())
}

/// setStickerEmojiList.
///
/// # Errors
/// 400 for a bad list, or when none of the bot's sets holds the sticker.
pub fn set_emoji(call: &mut Call<'_>) -> MethodResult {
    let id = named(call, "sticker")?;
    let complaint = "Can't parse emoji list JSON array";
    let list = call.params.json("emoji_list", complaint)?;
    let list = list.ok_or_else(|| ApiError::bad(complaint))?;
    let emoji = read_emoji(&list)
        .map_err(|why| ApiError::bad(&format!("Can't parse emoji list: {why}")))?;
    let (set, at) = call.state.own_sticker(call.bot_id, &id)?;
    set.stickers[at].emoji = emoji;
    Ok(json!(true).into())
}

/// setStickerKeywords; none take them away.
///
/// # Errors
/// 400 for a bad list, or when none of the bot's sets holds the sticker.
pub fn set_keywords(call: &mut Call<'_>) -> MethodResult {
    let id = named(call, "sticker")?;
    let list = call
        .params
        .json("keywords", "Can't parse keywords JSON object")?;
    let keywords = list.as_ref().map(read_keywords).transpose();
    let keywords = keywords.map_err(|why| ApiError::bad(&why))?;
    let (set, at) = call.state.own_sticker(call.bot_id, &id)?;
    set.stickers[at].keywords = keywords.unwrap_or_default();
    Ok(json!(true).into())
}

/// setStickerMaskPosition; none takes it away.
///
/// # Errors
/// 400 for a bad position, or when none of the bot's sets holds the sticker.
pub fn set_mask(call: &mut Call<'_>) -> MethodResult {
    let id = named(call, "sticker")?;
    let complaint = "Can't parse mask position JSON object";
    let position = call.params.json("mask_position", complaint)?;
    let position = read_mask(&position.unwrap_or_default())
        .map_err(|why| ApiError::bad(&format!("Can't parse mask position: {why}")))?;
    let (set, at) = call.state.own_sticker(call.bot_id, &id)?;
    set.stickers[at].mask_position = position;
    Ok(json!(true).into())
}
