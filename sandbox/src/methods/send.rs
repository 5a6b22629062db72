//! Sending: texts, photos, documents, chat actions.

use serde_json::{Value, json};

use super::address::is_address;
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::file::{FileKind, FileRef};
use crate::limits::{CAPTION_CHARS, TEXT_CHARS};
use crate::markup::{Markup, Place};
use crate::message::{Content, Message, Sender};
use crate::params::Params;
use crate::text::{CAPTION, FormattedText, TEXT};
use crate::update::Delivery;

/// sendMessage.
///
/// # Errors
/// 400 for a bad text or keyboard, 403 when the bot may not write.
pub fn message(call: &mut Call<'_>) -> MethodResult {
    let text = read_text(call.params)?;
    send(call, Content::Text(text))
}

/// A message's text within its limits. Source of the texts:
/// tdlib/telegram-bot-api Client.cpp `get_input_message_text`, tdlib/td MessageEntity.cpp.
pub(super) fn read_text(params: &Params) -> ApiResult<FormattedText> {
    if params.text("text").is_empty() {
        return Err(ApiError::bad("Message text is empty"));
    }
    let text = FormattedText::read(params, TEXT)?;
    if text.text.is_empty() {
        return Err(ApiError::bad("Text must be non-empty"));
    }
    if text.chars() > TEXT_CHARS {
        return Err(ApiError::bad("Message is too long"));
    }
    Ok(text)
}

/// A caption within its limit. Source of the text: tdlib/td MessageContent.cpp.
pub(super) fn read_caption(params: &Params) -> ApiResult<FormattedText> {
    let caption = FormattedText::read(params, CAPTION)?;
    if caption.chars() > CAPTION_CHARS {
        return Err(ApiError::bad("Message caption is too long"));
    }
    Ok(caption)
}

/// sendPhoto.
///
/// # Errors
/// 400 for a bad picture, caption or keyboard, 403 when the bot may not write.
pub fn photo(call: &mut Call<'_>) -> MethodResult {
    let caption = read_caption(call.params)?;
    let file = take_file(call, "photo", FileKind::Photo)?;
    send(call, Content::Photo(file, caption))
}

/// sendDocument.
///
/// # Errors
/// 400 for a bad file, caption or keyboard, 403 when the bot may not write.
pub fn document(call: &mut Call<'_>) -> MethodResult {
    let caption = read_caption(call.params)?;
    let file = take_file(call, "document", FileKind::Document)?;
    let content = match file.kind {
        FileKind::Sticker => call.state.sticker_content(&file.file_id),
        _ => Content::Document(file, caption),
    };
    send(call, content)
}

/// A file by id, by address or uploaded. Source: tdlib/telegram-bot-api
/// Client.cpp `get_input_file`.
pub(super) fn take_file(call: &mut Call<'_>, field: &str, kind: FileKind) -> ApiResult<FileRef> {
    let handle = call.params.text(field);
    file_by_handle(call, &handle, field, kind)
}

/// A file by what names it; `field` is where an upload without a name lies.
pub(super) fn file_by_handle(
    call: &mut Call<'_>,
    handle: &str,
    field: &str,
    kind: FileKind,
) -> ApiResult<FileRef> {
    let is_address = is_address(handle);
    let attached = match handle.strip_prefix("attach://") {
        Some(name) => name,
        // What lies there was fetched before.
        None if is_address => handle,
        None => field,
    };
    if handle.is_empty() || is_address || handle.starts_with("attach://") {
        let upload = call.params.file(attached).ok_or_else(|| {
            let what = field.replace('_', " ");
            ApiError::bad(&format!("There is no {what} in the request"))
        })?;
        if upload.bytes.is_empty() {
            // source: tdlib/td FileLoaderUtils.cpp
            return Err(ApiError::bad("File must be non-empty"));
        }
        // An unwritable chat is refused before anything is stored.
        call.state
            .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
        return if kind == FileKind::Photo {
            call.state.store_photo(call.bot_id, upload)
        } else {
            Ok(call.state.store_document(call.bot_id, upload))
        };
    }
    call.state.file_of(call.bot_id, handle, kind)
}

/// Sends any content with the options that all messages share.
pub(super) fn send(call: &mut Call<'_>, content: Content) -> MethodResult {
    let markup = Markup::read(call.params, Place::Message)?;
    Ok(put(call, content, markup, |_| {})?.into())
}

/// Sends one message of an album, which has no keyboard.
pub(super) fn send_in_album(
    call: &mut Call<'_>,
    content: Content,
    album: &str,
) -> ApiResult<Value> {
    put(call, content, None, |message| {
        message.album = Some(album.to_owned())
    })
}

/// Checks chat and keyboard, completes the message and posts it.
pub(super) fn put(
    call: &mut Call<'_>,
    content: Content,
    markup: Option<Markup>,
    around: impl FnOnce(&mut Message),
) -> ApiResult<Value> {
    let user_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    if let Some(community) = call.state.communities.get(&user_id) {
        community.check_posting()?;
        if let Some(markup) = &markup {
            markup.check_in(community.kind)?;
        }
    }
    let reply_to = reply_target(call, user_id)?;
    let state = &mut *call.state;
    let mut message = state.new_message(call.bot_id, user_id, Sender::Bot, content);
    message.markup = markup;
    message.protected = call.params.flag("protect_content");
    message.reply_to = reply_to;
    around(&mut message);
    Ok(state.post(call.bot_id, user_id, message, Delivery::Normal))
}

/// The message that is answered. Source of the texts: tdlib/telegram-bot-api
/// Client.cpp `get_reply_parameters`, `check_reply_parameters`.
fn reply_target(call: &mut Call<'_>, user_id: i64) -> ApiResult<Option<i64>> {
    let parameters = call.params.json(
        "reply_parameters",
        "Can't parse reply parameters JSON object",
    )?;
    let (wanted, is_optional) = match parameters {
        Some(value) if !value.is_object() => {
            return Err(ApiError::bad("Object expected as reply parameters"));
        }
        Some(value) => (
            value["message_id"].as_i64().unwrap_or(0),
            value["allow_sending_without_reply"] == true,
        ),
        None => (
            call.params.integer("reply_to_message_id", 0, 0, i64::MAX),
            call.params.flag("allow_sending_without_reply"),
        ),
    };
    if wanted == 0
        || call
            .state
            .message_mut(call.bot_id, user_id, wanted)
            .is_some()
    {
        return Ok((wanted != 0).then_some(wanted));
    }
    if is_optional {
        Ok(None)
    } else {
        Err(ApiError::bad("message to be replied not found"))
    }
}

/// Actions that a bot can show. Source: tdlib/telegram-bot-api Client.cpp `get_chat_action`.
const ACTIONS: [&str; 15] = [
    "cancel",
    "typing",
    "record_video",
    "upload_video",
    "record_audio",
    "record_voice",
    "upload_audio",
    "upload_voice",
    "upload_photo",
    "upload_document",
    "choose_sticker",
    "pick_up_location",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// sendChatAction.
///
/// # Errors
/// 400 for an unknown action, 403 when the bot may not write.
pub fn chat_action(call: &mut Call<'_>) -> MethodResult {
    let action = call.params.text("action").to_lowercase();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(ApiError::bad("Wrong parameter action in request"));
    }
    let user_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    call.state.tell(Event::ChatAction {
        bot_id: call.bot_id,
        user_id,
        action,
    });
    Ok(json!(true).into())
}
