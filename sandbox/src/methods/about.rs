//! What a group or channel is and says of itself: administrators, title, description; leaving it.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::community::{BotPlace, Community, Place};
use crate::event::Event;
use crate::limits::{CHAT_DESCRIPTION_CHARS, CHAT_TITLE_CHARS};
use crate::message::Sender;

/// getChatAdministrators: the owner, and the bot when it is one.
///
/// # Errors
/// 400 for an unknown or private chat, 403 when the bot is not in.
pub fn administrators(call: &mut Call<'_>) -> MethodResult {
    let chat_id = call
        .state
        .readable_chat(call.bot_id, &call.params.text("chat_id"))?;
    let Some(community) = call.state.communities.get(&chat_id) else {
        // source: tdlib/telegram-bot-api Client.cpp
        return Err(ApiError::bad(
            "there are no administrators in the private chat",
        ));
    };
    let owners = community.places.iter();
    let owners = owners.filter(|(_, place)| **place == Place::Creator);
    let mut ids: Vec<i64> = owners.map(|(user, _)| *user).collect();
    if community.bot == BotPlace::Administrator {
        ids.push(call.bot_id);
    }
    let id = chat_id.to_string();
    let members = ids.into_iter();
    let members = members.map(|user| call.state.member_object(call.bot_id, &id, user));
    Ok(Value::Array(members.collect::<ApiResult<_>>()?).into())
}

/// leaveChat.
///
/// # Errors
/// 400 for an unknown chat, 403 when the bot is not in.
pub fn leave(call: &mut Call<'_>) -> MethodResult {
    let chat_id = call.params.text("chat_id");
    let id = call.state.community_of(call.bot_id, &chat_id)?.id;
    call.state.place_bot(id, BotPlace::Left, None, None);
    Ok(json!(true).into())
}

/// The community of a call, whose title and description the bot may change.
fn describing<'a>(call: &'a mut Call<'_>, complaint: &str) -> ApiResult<&'a mut Community> {
    let chat_id = call.params.text("chat_id");
    let community = call.state.community_of(call.bot_id, &chat_id)?;
    if !community.bot_may(|rights| rights.can_change_info) {
        return Err(ApiError::bad(complaint));
    }
    Ok(community)
}

/// setChatTitle; a group is told. Source of the texts: tdlib/td DialogManager.cpp.
///
/// # Errors
/// 400 without a title or the right to change it.
pub fn set_title(call: &mut Call<'_>) -> MethodResult {
    let title = call.params.text("title");
    let title: String = title.trim().chars().take(CHAT_TITLE_CHARS).collect();
    if title.is_empty() {
        return Err(ApiError::bad("Title must be non-empty"));
    }
    let community = describing(call, "Not enough rights to change chat title")?;
    community.title.clone_from(&title);
    let id = community.id;
    call.state.tell(Event::Community {
        bot_id: call.bot_id,
    });
    call.state
        .announce(id, Sender::Bot, "new_chat_title", json!(title));
    Ok(json!(true).into())
}

/// setChatDescription. Source of the texts: tdlib/td ChatManager.cpp; tdlib/telegram-bot-api
/// Client.cpp, CHAT_ABOUT_NOT_MODIFIED.
///
/// # Errors
/// 400 when it is the same, or without the right to change it.
pub fn set_description(call: &mut Call<'_>) -> MethodResult {
    let text = call.params.text("description");
    let text: String = text.trim().chars().take(CHAT_DESCRIPTION_CHARS).collect();
    let community = describing(call, "Not enough rights to set chat description")?;
    if community.description == text {
        return Err(ApiError::bad("chat description is not modified"));
    }
    community.description = text;
    Ok(json!(true).into())
}
