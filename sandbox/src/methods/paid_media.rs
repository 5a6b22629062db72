//! sendPaidMedia.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::send::{file_by_handle, read_caption, send};
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::file::FileKind;
use crate::limits::{INVOICE_PAYLOAD_BYTES, PAID_MEDIA_MAX, PAID_MEDIA_STARS_MAX, PHOTO_SIDE_MAX};
use crate::message::Content;
use crate::paid_media::PaidMedia;

/// sendPaidMedia; photos and videos. Order of checks and texts:
/// tdlib/telegram-bot-api Client.cpp `process_send_paid_media_query`, tdlib/td
/// MessageContent.cpp.
///
/// # Errors
/// 400 for a bad price, media, payload or caption, 403 when the bot may not write.
pub fn send_paid_media(call: &mut Call<'_>) -> MethodResult {
    let stars = call.params.integer("star_count", 0, 0, 1_000_000_000);
    call.params.required("media")?;
    let list = call
        .params
        .json("media", "Can't parse paid media JSON object")?
        .unwrap_or_default();
    let Value::Array(list) = list else {
        return Err(ApiError::bad("Expected an Array of InputPaidMedia"));
    };
    let caption = read_caption(call.params)?;
    let payload = call.params.text("payload");
    let mut items = Vec::with_capacity(list.len());
    // Nothing is stored for a message that cannot be sent.
    call.state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    for item in &list {
        items.push(read_item(call, item)?);
    }
    // Beyond this, the server refuses; its code is not public.
    if !(1..=PAID_MEDIA_STARS_MAX).contains(&stars) {
        return Err(ApiError::bad("Invalid media price specified"));
    }
    if items.is_empty() || items.len() > PAID_MEDIA_MAX {
        return Err(ApiError::bad("Invalid number of paid media specified"));
    }
    if payload.len() > INVOICE_PAYLOAD_BYTES {
        return Err(ApiError::bad("PAYLOAD_INVALID"));
    }
    let media = PaidMedia {
        stars,
        items,
        payload,
        buyers: BTreeSet::new(),
    };
    let content = Content::PaidMedia(media, caption);
    send(call, content)
}

/// One item as the Bot API's `PaidMedia`. Source of the texts:
/// tdlib/telegram-bot-api Client.cpp `get_input_paid_media`.
fn read_item(call: &mut Call<'_>, item: &Value) -> ApiResult<Value> {
    let complain = |text: &str| ApiError::bad(&format!("Can't parse InputPaidMedia: {text}"));
    if !item.is_object() {
        return Err(complain("expected an Object"));
    }
    let handle = item["media"].as_str().unwrap_or_default().to_owned();
    if handle.is_empty() {
        return Err(complain("media not found"));
    }
    let kind = item["type"]
        .as_str()
        .ok_or_else(|| complain("Can't find field \"type\""))?;
    let wanted = match kind {
        "photo" => FileKind::Photo,
        "video" => FileKind::Document,
        // Live photos are not in the sandbox.
        _ => return Err(complain(&format!("type \"{kind}\" is unsupported"))),
    };
    let file = file_by_handle(call, &handle, "", wanted)?;
    if file.kind == FileKind::Photo {
        return Ok(json!({ "type": "photo", "photo": [file.object] }));
    }
    let side = |name: &str| item[name].as_i64().unwrap_or(0).clamp(0, PHOTO_SIDE_MAX);
    let mut video = file.object;
    video["width"] = json!(side("width"));
    video["height"] = json!(side("height"));
    video["duration"] = json!(item["duration"].as_i64().unwrap_or(0).max(0));
    Ok(json!({ "type": "video", "video": video }))
}
