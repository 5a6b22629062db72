//! getChat, getUserProfilePhotos.

use serde_json::{Value, json};

use super::{Call, MethodResult, communities};
use crate::api_error::ApiError;

/// getChat, for private chats, groups and channels that the bot knows.
///
/// # Errors
/// 400 when there is none.
pub fn get(call: &mut Call<'_>) -> MethodResult {
    let text = call.params.text("chat_id");
    if text.is_empty() {
        return Err(ApiError::bad("chat_id is empty"));
    }
    if let Some(id) = call.state.community_id(call.bot_id, &text) {
        call.state.communities[&id].check_bot(true)?;
        let mut chat = communities::full(&call.state.communities[&id]);
        add_pinned(call, id, &mut chat);
        return Ok(chat.into());
    }
    let user_id: i64 = text.parse().unwrap_or(0);
    let is_known = call.state.chats.contains_key(&(call.bot_id, user_id));
    let account = call
        .state
        .account(user_id)
        .filter(|_| is_known)
        .ok_or_else(|| ApiError::bad("chat not found"))?;
    let mut chat = account.user.to_chat();
    if !account.bio.is_empty() {
        chat["bio"] = json!(account.bio);
    }
    // source: Bot API, `ChatFullInfo`, fields without a default
    chat["accent_color_id"] = json!(0);
    chat["max_reaction_count"] = json!(11);
    chat["accepted_gift_types"] = json!({
        "unlimited_gifts": true,
        "limited_gifts": true,
        "unique_gifts": true,
        "premium_subscription": true,
        "gifts_from_channels": true,
    });
    add_pinned(call, user_id, &mut chat);
    Ok(chat.into())
}

/// The message that was pinned last.
fn add_pinned(call: &Call<'_>, chat_id: i64, chat: &mut Value) {
    let Some(known) = call.state.chats.get(&(call.bot_id, chat_id)) else {
        return;
    };
    let found = known.pinned.last().and_then(|id| {
        let mut messages = known.messages.iter();
        messages.find(|message| message.id == *id)
    });
    if let Some(message) = found {
        chat["pinned_message"] = call.state.message_object(call.bot_id, chat_id, message);
    }
}

/// getUserProfilePhotos: nobody in the sandbox has one that a bot could see.
///
/// # Errors
/// 400 when there is no such user.
pub fn profile_photos(call: &mut Call<'_>) -> MethodResult {
    let user_id = call.params.user_id("user_id")?;
    if call.state.account(user_id).is_none() {
        // source: tdlib/telegram-bot-api Client.cpp `check_user`
        return Err(ApiError::bad("user not found"));
    }
    Ok(json!({ "total_count": 0, "photos": [] }).into())
}
