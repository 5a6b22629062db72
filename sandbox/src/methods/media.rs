//! Sending videos, sounds, places, contacts, dice and albums.

use serde_json::{Value, json};

use super::send::{file_by_handle, read_caption, send, take_file};
use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::file::FileKind;
use crate::limits::{ALBUM_MESSAGES, PHOTO_SIDE_MAX};
use crate::message::{Content, Media};
use crate::params::Params;
use crate::text::FormattedText;

/// sendVideo, sendAnimation, sendAudio, sendVoice, sendVideoNote; `field` is the parameter and
/// the message's field. The sandbox looks into no file: sizes and lengths are what the bot says.
///
/// # Errors
/// 400 for a bad file, caption or keyboard, 403 when the bot may not write.
pub fn file(call: &mut Call<'_>, field: &str) -> MethodResult {
    let caption = match field {
        "video_note" => FormattedText::default(),
        _ => read_caption(call.params)?,
    };
    let file = take_file(call, field, FileKind::Document)?;
    if file.kind == FileKind::Sticker {
        // What a file is, Telegram knows better than the call.
        let content = call.state.sticker_content(&file.file_id);
        return send(call, content);
    }
    let given = |name: &str| Value::String(call.params.text(name));
    let value = describe(field, file.object, given);
    let media = Media::new(field, value, caption);
    send(call, Content::Media(media))
}

/// The Bot API's object of a file: the document's fields and the kind's own. Source: Bot API,
/// `Video`, `Animation`, `Audio`, `Voice`, `VideoNote`.
pub(super) fn describe(kind: &str, mut file: Value, given: impl Fn(&str) -> Value) -> Value {
    let number = |name: &str| match given(name) {
        Value::Number(number) => number.as_i64().unwrap_or(0),
        Value::String(text) => text.parse().unwrap_or(0),
        _ => 0,
    };
    let numbers: &[&str] = match kind {
        "video" | "animation" => &["width", "height", "duration"],
        "video_note" => &["length", "duration"],
        _ => &["duration"],
    };
    for name in numbers {
        let most = if *name == "duration" {
            i64::from(i32::MAX)
        } else {
            PHOTO_SIDE_MAX
        };
        file[*name] = json!(number(name).clamp(0, most));
    }
    if kind == "audio" {
        for name in ["performer", "title"] {
            if let Some(text) = given(name).as_str().filter(|text| !text.is_empty()) {
                file[name] = json!(text);
            }
        }
    }
    if let Some(fields) = file
        .as_object_mut()
        .filter(|_| kind.starts_with("vo") || kind == "video_note")
    {
        fields.remove("file_name");
    }
    file
}

/// One `InputMedia`. Source of the texts: tdlib/telegram-bot-api Client.cpp `get_input_media`.
///
/// # Errors
/// 400 when it is not one, or its file or caption is not acceptable.
pub(super) fn input(call: &mut Call<'_>, item: &Value) -> ApiResult<Content> {
    let complain = |text: &str| ApiError::bad(&format!("Can't parse InputMedia: {text}"));
    if !item.is_object() {
        return Err(complain("expected an Object"));
    }
    let caption = read_caption(&crate::params::Params::of(item))?;
    let handle = item["media"].as_str().unwrap_or_default().to_owned();
    if handle.is_empty() {
        return Err(complain("media not found"));
    }
    let kind = item["type"].as_str();
    let kind = kind.ok_or_else(|| complain("Can't find field \"type\""))?;
    let known = ["photo", "document", "video", "animation", "audio"];
    if !known.contains(&kind) {
        return Err(complain(&format!("type \"{kind}\" is unsupported")));
    }
    let wanted = match kind {
        "photo" => FileKind::Photo,
        _ => FileKind::Document,
    };
    let file = file_by_handle(call, &handle, "", wanted)?;
    if file.kind == FileKind::Sticker {
        // The code is not public; this is Telegram's for media that will not do.
        return Err(ApiError::bad("MEDIA_INVALID"));
    }
    Ok(match kind {
        "photo" => Content::Photo(file, caption),
        "document" => Content::Document(file, caption),
        _ => {
            let value = describe(kind, file.object, |name| item[name].clone());
            Content::Media(Media::new(kind, value, caption))
        }
    })
}

/// sendMediaGroup: photos and videos together, or documents, or sounds. Source of the texts:
/// tdlib/td MessageContent.cpp.
///
/// # Errors
/// 400 for bad media or a bad mix, 403 when the bot may not write.
pub fn album(call: &mut Call<'_>) -> MethodResult {
    call.params.required("media")?;
    let list = call.params.json("media", "Can't parse media JSON object")?;
    let Some(Value::Array(list)) = list else {
        return Err(ApiError::bad("Expected an Array of InputMedia"));
    };
    if list.len() > ALBUM_MESSAGES {
        return Err(ApiError::bad("Too many messages to send as an album"));
    }
    if list.is_empty() {
        return Err(ApiError::bad("There are no messages to send"));
    }
    call.state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    for item in &list {
        let kind = item["type"].as_str().unwrap_or_default();
        if kind == "animation" {
            let why = "type \"animation\" can't be used in sendMediaGroup";
            return Err(ApiError::bad(&format!("Can't parse InputMedia: {why}")));
        }
        let is_alone = matches!(kind, "document" | "audio");
        if is_alone && list.iter().any(|other| other["type"] != kind) {
            let name = if kind == "audio" { "Audio" } else { "Document" };
            return Err(ApiError::bad(&format!(
                "{name} can't be mixed with other media types"
            )));
        }
    }
    // All are read before any is sent: an album with a bad part is no album.
    let mut contents = Vec::with_capacity(list.len());
    for item in &list {
        contents.push(input(call, item)?);
    }
    let album = call.state.ids.number().to_string();
    let mut sent = Vec::with_capacity(contents.len());
    for content in contents {
        sent.push(super::send::send_in_album(call, content, &album)?);
    }
    Ok(Value::Array(sent).into())
}

/// sendLocation and sendVenue; live locations are not in the sandbox.
///
/// # Errors
/// 400 for a place without coordinates, 403 when the bot may not write.
pub fn place(call: &mut Call<'_>, is_venue: bool) -> MethodResult {
    let media = read_place(call.params, is_venue)?;
    send(call, Content::Media(media))
}

/// A place. Source of the texts: tdlib/telegram-bot-api Client.cpp `get_location`.
pub(super) fn read_place(params: &Params, is_venue: bool) -> ApiResult<Media> {
    let mut location = json!({});
    for (name, most) in [("latitude", 90.0), ("longitude", 180.0)] {
        let text = params.text(name);
        if text.trim().is_empty() {
            return Err(ApiError::bad(&format!("{name} is empty")));
        }
        let number: f64 = text.trim().parse().unwrap_or(0.0);
        if number.abs() > most {
            // source: tdlib/td Location.cpp, which takes such a place as none
            return Err(ApiError::bad("Wrong location specified"));
        }
        location[name] = json!(number);
    }
    if !is_venue {
        return Ok(Media::new("location", location, FormattedText::default()));
    }
    let text = |name: &str| params.text(name);
    let venue = json!({ "location": location, "title": text("title"), "address": text("address") });
    Ok(Media::new("venue", venue, FormattedText::default()))
}

/// sendContact.
///
/// # Errors
/// 400 without a number or a name, 403 when the bot may not write.
pub fn contact(call: &mut Call<'_>) -> MethodResult {
    let media = read_contact(call.params)?;
    send(call, Content::Media(media))
}

/// A contact.
pub(super) fn read_contact(params: &Params) -> ApiResult<Media> {
    let mut contact = json!({
        "phone_number": params.required("phone_number")?,
        "first_name": params.required("first_name")?,
    });
    for name in ["last_name", "vcard"] {
        let text = params.text(name);
        if !text.is_empty() {
            contact[name] = json!(text);
        }
    }
    Ok(Media::new("contact", contact, FormattedText::default()))
}

/// Dice and how many sides each has. Source: Bot API, `Dice`.
const DICE: [(&str, i64); 6] = [
    ("🎲", 6),
    ("🎯", 6),
    ("🎳", 6),
    ("🏀", 5),
    ("⚽", 5),
    ("🎰", 64),
];

/// sendDice; what it shows comes from the sandbox's seed.
///
/// # Errors
/// 400 for another emoji, 403 when the bot may not write.
pub fn dice(call: &mut Call<'_>) -> MethodResult {
    let text = call.params.text("emoji");
    let wanted = if text.is_empty() {
        "🎲"
    } else {
        text.trim_end_matches('\u{fe0f}')
    };
    // source: core.telegram.org, errors of messages.sendMedia
    let (emoji, sides) = DICE
        .into_iter()
        .find(|(emoji, _)| *emoji == wanted)
        .ok_or_else(|| ApiError::bad("EMOTICON_INVALID"))?;
    let value = json!({ "emoji": emoji, "value": call.state.ids.between(1..=sides) });
    let media = Media::new("dice", value, FormattedText::default());
    send(call, Content::Media(media))
}
