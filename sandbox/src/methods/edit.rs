//! Changing and deleting sent messages.

use serde_json::json;

use super::{Call, MethodResult, send};
use crate::api_error::{ApiError, ApiResult};
use crate::community::Kind;
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
        Content::Media(media) if media.takes_caption() => {
            Ok(Some(Content::Media(media.clone().with_caption(caption))))
        }
        // source: tdlib/td MessagesManager.cpp `edit_message_caption`
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
    let community = call.state.communities.get(&user_id);
    if let (Some(community), Some(markup)) = (community, &markup) {
        markup.check_in(community.kind)?;
    }
    let edits_others = community.is_some_and(|community| {
        community.kind == Kind::Channel && community.bot_may(|rights| rights.can_edit_messages)
    });
    let old = call
        .state
        .message_mut(bot_id, user_id, message_id)
        .cloned()
        // source: tdlib/telegram-bot-api Client.cpp `check_message`
        .ok_or_else(|| ApiError::bad("message to edit not found"))?;
    let is_theirs = old.from == Sender::Bot || edits_others;
    if !is_theirs || !old.is_editable() {
        // source: tdlib/td MessagesManager.cpp `can_edit_message`
        return Err(ApiError::bad("Message can't be edited"));
    }
    let mut content = change(&old)?.unwrap_or_else(|| old.content.clone());
    call.state.know_mentions(&mut content);
    if content == old.content && markup == old.markup {
        return Err(ApiError::bad(NOT_MODIFIED));
    }
    let changed = Message {
        edit_date: if content == old.content {
            old.edit_date
        } else {
            Some(now)
        },
        content,
        markup,
        ..old
    };
    if let Some(message) = call.state.message_mut(bot_id, user_id, message_id) {
        *message = changed.clone();
    }
    tell_edited(call, user_id, message_id);
    Ok(call.state.message_object(bot_id, user_id, &changed).into())
}

/// Shows a changed message in the windows.
pub(super) fn tell_edited(call: &mut Call<'_>, user_id: i64, message_id: i64) {
    let bot_id = call.bot_id;
    let found = call.state.message_mut(bot_id, user_id, message_id).cloned();
    if let Some(message) = found {
        let message = call.state.window_object(bot_id, user_id, &message);
        call.state.tell(Event::MessageEdited {
            bot_id,
            user_id,
            message,
        });
    }
}

/// editMessageMedia: another file in place of a file or a text.
///
/// # Errors
/// 400 when there is no such message, it cannot have a file, the file is bad, or nothing changes.
pub fn media(call: &mut Call<'_>) -> MethodResult {
    call.params.required("media")?;
    let item = call
        .params
        .json("media", "Can't parse input media JSON object")?;
    target(call, "message to edit")?;
    let new = super::media::input(call, &item.unwrap_or_default())?;
    edit(call, |old| match &old.content {
        Content::Text(_) | Content::Photo(..) | Content::Document(..) => Ok(Some(new)),
        Content::Media(media) if media.takes_caption() => Ok(Some(new)),
        // source: tdlib/td MessagesManager.cpp
        _ => Err(ApiError::bad("There is no media in the message to edit")),
    })
}

/// Whether a bot may delete a message here: its own, and others' with the right to. Source: Bot
/// API, `deleteMessage`.
fn may_delete(call: &Call<'_>, chat_id: i64, from: Sender) -> bool {
    let Some(community) = call.state.communities.get(&chat_id) else {
        return true;
    };
    let is_own = from == Sender::Bot
        && (community.kind == Kind::Supergroup
            || community.bot_may(|rights| rights.can_post_messages));
    is_own || community.bot_may(|rights| rights.can_delete_messages)
}

/// deleteMessage. In private chats a bot can delete both sides' messages.
///
/// # Errors
/// 400 when there is no such message or it is older than two days.
pub fn delete(call: &mut Call<'_>) -> MethodResult {
    let (chat_id, message_id) = target(call, "message to delete")?;
    deletable(call, chat_id, message_id)?;
    remove(call, chat_id, message_id);
    Ok(json!(true).into())
}

/// Whether a message is there, young enough and the bot's to delete.
fn deletable(call: &mut Call<'_>, chat_id: i64, message_id: i64) -> ApiResult<()> {
    let oldest = call.state.now() - DELETE_SECONDS;
    let found = call.state.message_mut(call.bot_id, chat_id, message_id);
    let (date, from) = found
        .map(|message| (message.date, message.from))
        // source: tdlib/telegram-bot-api Client.cpp `check_message`
        .ok_or_else(|| ApiError::bad("message to delete not found"))?;
    if date < oldest || !may_delete(call, chat_id, from) {
        // source: tdlib/telegram-bot-api Client.cpp, MESSAGE_DELETE_FORBIDDEN
        return Err(ApiError::bad("message can't be deleted"));
    }
    Ok(())
}

fn remove(call: &mut Call<'_>, chat_id: i64, message_id: i64) {
    let bot_id = call.bot_id;
    let chat = call.state.chat_mut(bot_id, chat_id);
    chat.messages.retain(|message| message.id != message_id);
    chat.pinned.retain(|pinned| *pinned != message_id);
    call.state.tell(Event::MessageDeleted {
        bot_id,
        user_id: chat_id,
        message_id,
    });
}

/// deleteMessages: those that are not there are skipped.
///
/// # Errors
/// 400 for a bad list, or when one of them can't be deleted.
pub fn delete_several(call: &mut Call<'_>) -> MethodResult {
    let ids = super::forward::message_ids(call)?;
    let chat_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        match deletable(call, chat_id, id) {
            Ok(()) => found.push(id),
            Err(why) if why.description.ends_with("not found") => {}
            Err(why) => return Err(why),
        }
    }
    for id in found {
        remove(call, chat_id, id);
    }
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
