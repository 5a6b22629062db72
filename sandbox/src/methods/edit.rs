//! Changing and deleting sent messages.

use serde_json::json;

use super::{Call, MethodResult, send};
use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::limits::DELETE_SECONDS;
use crate::markup::{Markup, Place};
use crate::message::{Content, Message, Sender};

/// The text of Telegram for an edit that changes nothing. Source:
/// tdlib/telegram-bot-api Client.cpp, MESSAGE_NOT_MODIFIED.
const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply \
                            markup are exactly the same as a current content and reply markup \
                            of the message";

/// editMessageText.
///
/// # Errors
/// 400 when there is no such message, it has no text, or nothing changes.
pub fn text(call: &mut Call<'_>) -> MethodResult {
    let text = send::read_text(call.params)?;
    edit(call, |old| match old.content {
        Content::Text(_) => Ok(Some(Content::Text(text))),
        // source: tdlib/td MessagesManager.cpp
        _ => Err(ApiError::bad("There is no text in the message to edit")),
    })
}

/// editMessageCaption.
///
/// # Errors
/// 400 when there is no such message, it has no caption, or nothing changes.
pub fn caption(call: &mut Call<'_>) -> MethodResult {
    let caption = send::read_caption(call.params)?;
    edit(call, |old| match &old.content {
        Content::Photo(file, _) => Ok(Some(Content::Photo(file.clone(), caption))),
        Content::Document(file, _) => Ok(Some(Content::Document(file.clone(), caption))),
        _ => Err(ApiError::bad("There is no caption in the message to edit")),
    })
}

/// editMessageReplyMarkup.
///
/// # Errors
/// 400 when there is no such message or nothing changes.
pub fn reply_markup(call: &mut Call<'_>) -> MethodResult {
    edit(call, |_| Ok(None))
}

/// Replaces content and keyboard of one of the bot's own messages.
fn edit(
    call: &mut Call<'_>,
    change: impl FnOnce(&Message) -> ApiResult<Option<Content>>,
) -> MethodResult {
    let markup = Markup::read(call.params, Place::Edit)?;
    let (user_id, message_id) = target(call, "message to edit")?;
    let now = call.state.now();
    let bot_id = call.bot_id;
    let message = call
        .state
        .message_mut(bot_id, user_id, message_id)
        .ok_or_else(|| ApiError::bad("message to edit not found"))?;
    if message.from != Sender::Bot {
        // source: tdlib/td MessagesManager.cpp
        return Err(ApiError::bad("Message can't be edited"));
    }
    let content = change(message)?.unwrap_or_else(|| message.content.clone());
    if content == message.content && markup == message.markup {
        return Err(ApiError::bad(NOT_MODIFIED));
    }
    if content != message.content {
        message.edit_date = Some(now);
    }
    message.content = content;
    message.markup = markup;
    let changed = message.clone();
    let window = call.state.window_object(bot_id, user_id, &changed);
    call.state.tell(Event::MessageEdited {
        bot_id,
        user_id,
        message: window,
    });
    Ok(call.state.message_object(bot_id, user_id, &changed).into())
}

/// deleteMessage. In private chats a bot can delete both sides' messages.
///
/// # Errors
/// 400 when there is no such message or it is older than two days.
pub fn delete(call: &mut Call<'_>) -> MethodResult {
    let (user_id, message_id) = target(call, "message to delete")?;
    let oldest = call.state.now() - DELETE_SECONDS;
    let bot_id = call.bot_id;
    let date = call
        .state
        .message_mut(bot_id, user_id, message_id)
        .map(|message| message.date)
        .ok_or_else(|| ApiError::bad("message to delete not found"))?;
    if date < oldest {
        // source: tdlib/telegram-bot-api Client.cpp, MESSAGE_DELETE_FORBIDDEN
        return Err(ApiError::bad("message can't be deleted"));
    }
    call.state
        .chat_mut(bot_id, user_id)
        .messages
        .retain(|message| message.id != message_id);
    call.state.tell(Event::MessageDeleted {
        bot_id,
        user_id,
        message_id,
    });
    Ok(json!(true).into())
}

/// The chat and the message that a call names.
fn target(call: &Call<'_>, what: &str) -> ApiResult<(i64, i64)> {
    let message_id = call.params.integer("message_id", 0, 0, i64::MAX);
    let user_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    if message_id == 0 {
        // source: tdlib/telegram-bot-api Client.cpp `check_message`
        return Err(ApiError::bad(&format!("{what} not found")));
    }
    Ok((user_id, message_id))
}
