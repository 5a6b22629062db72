//! What an `InlineQueryResult` becomes when it is sent.

use serde_json::Value;

use super::media::{describe, read_contact, read_place};
use super::send::{read_caption, read_text};
use crate::api_error::{ApiError, ApiResult};
use crate::file::FileKind;
use crate::markup::{Markup, Place};
use crate::message::{Content, Media};
use crate::params::Params;
use crate::state::State;

/// The fields that name a file which the bot has sent before, and what each is shown as. Source: Bot
/// API, `InlineQueryResultCachedPhoto` and its like.
const CACHED: [(&str, &str); 8] = [
    ("photo_file_id", "photo"),
    ("document_file_id", "document"),
    ("video_file_id", "video"),
    ("audio_file_id", "audio"),
    ("voice_file_id", "voice"),
    ("gif_file_id", "animation"),
    ("mpeg4_file_id", "animation"),
    ("sticker_file_id", "sticker"),
];

/// Content and keyboard of the message that a result stands for.
///
/// # Errors
/// 400 when it has no content that can be sent, or a bad keyboard.
pub fn message_of(
    state: &State,
    bot_id: i64,
    result: &Value,
) -> ApiResult<(Content, Option<Markup>)> {
    let markup = match result.get("reply_markup") {
        Some(markup) => Markup::check(markup.clone(), Place::Message)?,
        None => None,
    };
    Ok((content_of(state, bot_id, result)?, markup))
}

/// `input_message_content` if there is one, else what the result shows.
fn content_of(state: &State, bot_id: i64, result: &Value) -> ApiResult<Content> {
    let input = &result["input_message_content"];
    if input.is_object() {
        return written(input);
    }
    let cached = CACHED.iter().find_map(|(field, kind)| {
        let file_id = result[field].as_str()?;
        Some((file_id, *kind))
    });
    match cached {
        Some((file_id, kind)) => file_content(state, bot_id, result, file_id, kind),
        None => written(result),
    }
}

/// A text, place or contact.
fn written(given: &Value) -> ApiResult<Content> {
    let mut params = params_of(given);
    if let Some(text) = given.get("message_text") {
        params.set("text", text.clone());
        return Ok(Content::Text(read_text(&params)?));
    }
    if params.has("latitude") {
        return Ok(Content::Media(read_place(&params, params.has("address"))?));
    }
    if params.has("phone_number") {
        return Ok(Content::Media(read_contact(&params)?));
    }
    Err(ApiError::bad("Input message content is not specified"))
}

/// A file of the bot's, with the result's caption.
fn file_content(
    state: &State,
    bot_id: i64,
    result: &Value,
    file_id: &str,
    kind: &str,
) -> ApiResult<Content> {
    let caption = read_caption(&params_of(result))?;
    let wanted = match kind {
        "photo" => FileKind::Photo,
        _ => FileKind::Document,
    };
    let file = state.file_of(bot_id, file_id, wanted)?;
    Ok(match kind {
        // What a file is, Telegram knows better than the result.
        _ if file.kind == FileKind::Sticker => state.sticker_content(&file.file_id),
        "photo" => Content::Photo(file, caption),
        "document" => Content::Document(file, caption),
        _ => {
            let value = describe(kind, file.object, |name| result[name].clone());
            Content::Media(Media::new(kind, value, caption))
        }
    })
}

/// The fields of an object, as a call of their own would give them.
fn params_of(given: &Value) -> Params {
    let mut params = Params::default();
    for (name, value) in given.as_object().into_iter().flatten() {
        params.set(name.clone(), value.clone());
    }
    params
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_places_and_contacts_need_no_file() {
        let field = |result: &Value| match written(result) {
            Ok(Content::Text(text)) => Ok(text.text),
            Ok(Content::Media(media)) => Ok(format!("{media:?}")),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.description),
        };
        assert_eq!(field(&json!({ "message_text": "hi" })), Ok("hi".to_owned()));
        let place = json!({ "latitude": 1.5, "longitude": 2 });
        assert!(field(&place).unwrap().contains("location"));
        let venue = json!({ "latitude": 1, "longitude": 2, "title": "T", "address": "A" });
        assert!(field(&venue).unwrap().contains("venue"));
        let contact = json!({ "phone_number": "+1", "first_name": "A" });
        assert!(field(&contact).unwrap().contains("contact"));
        assert_eq!(
            field(&json!({ "message_text": "x".repeat(4097) })),
            Err("Bad Request: message is too long".to_owned())
        );
        assert_eq!(
            field(&json!({ "title": "nothing" })),
            Err("Bad Request: input message content is not specified".to_owned())
        );
    }
}
