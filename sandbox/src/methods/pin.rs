//! Pinned messages and reactions.

use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::{ApiError, ApiResult};
use crate::community::Kind;
use crate::message::{Content, Sender};
use crate::update::Delivery;

/// The chat of a call in which the bot may pin. Source: tdlib/td DialogManager.cpp
/// `can_pin_messages`.
fn pinning(call: &Call<'_>) -> ApiResult<i64> {
    let chat_id = call
        .state
        .writable_chat(call.bot_id, &call.params.text("chat_id"))?;
    if let Some(community) = call.state.communities.get(&chat_id) {
        let may = community.bot_may(|rights| match community.kind {
            Kind::Channel => rights.can_edit_messages,
            Kind::Supergroup => rights.can_pin_messages,
        });
        if !may {
            let why = "Not enough rights to manage pinned messages in the chat";
            return Err(ApiError::bad(why));
        }
    }
    Ok(chat_id)
}

/// pinChatMessage; a service message says so.
///
/// # Errors
/// 400 when there is no such message, it cannot be pinned, or rights are missing.
pub fn pin(call: &mut Call<'_>) -> MethodResult {
    let chat_id = pinning(call)?;
    let (bot_id, id) = (
        call.bot_id,
        call.params.integer("message_id", 0, 0, i64::MAX),
    );
    let found = call.state.message_mut(bot_id, chat_id, id).cloned();
    let message = found.ok_or_else(|| ApiError::bad("message to pin not found"))?;
    if matches!(message.content, Content::Service(..)) {
        // source: tdlib/td MessagesManager.cpp
        return Err(ApiError::bad("Message can't be pinned"));
    }
    let shown = call.state.message_object(bot_id, chat_id, &message);
    let pinned = &mut call.state.chat_mut(bot_id, chat_id).pinned;
    if pinned.contains(&id) {
        return Ok(json!(true).into());
    }
    pinned.push(id);
    let content = Content::Service("pinned_message".into(), shown.into());
    let told = call
        .state
        .new_message(bot_id, chat_id, Sender::Bot, content);
    call.state.post(bot_id, chat_id, told, Delivery::Normal);
    Ok(json!(true).into())
}

/// unpinChatMessage: the one that is named, or the one pinned last.
///
/// # Errors
/// 400 when there is none, or rights are missing.
pub fn unpin(call: &mut Call<'_>) -> MethodResult {
    let chat_id = pinning(call)?;
    let id = call.params.integer("message_id", 0, 0, i64::MAX);
    let bot_id = call.bot_id;
    if id != 0 && call.state.message_mut(bot_id, chat_id, id).is_none() {
        return Err(ApiError::bad("message to unpin not found"));
    }
    let pinned = &mut call.state.chat_mut(bot_id, chat_id).pinned;
    if id == 0 && pinned.pop().is_none() {
        return Err(ApiError::bad("Message to unpin not found"));
    }
    pinned.retain(|other| *other != id);
    Ok(json!(true).into())
}

/// unpinAllChatMessages.
///
/// # Errors
/// 400 when rights are missing.
pub fn unpin_all(call: &mut Call<'_>) -> MethodResult {
    let chat_id = pinning(call)?;
    call.state.chat_mut(call.bot_id, chat_id).pinned.clear();
    Ok(json!(true).into())
}

/// Emoji that are reactions; other ones have to be custom emoji. Source: Bot API,
/// `ReactionTypeEmoji`.
const REACTIONS: &str = "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 \
    🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 \
    🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡";

/// setMessageReaction.
///
/// # Errors
/// 400 when there is no such message or the reaction is not one for bots.
pub fn react(call: &mut Call<'_>) -> MethodResult {
    let wanted = call
        .params
        .json("reaction", "Can't parse reaction types JSON object")?;
    let list = match wanted {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(ApiError::bad("Expected an Array of ReactionType")),
    };
    for kind in &list {
        let field = match kind["type"].as_str() {
            Some("emoji") => "emoji",
            Some("custom_emoji") => "custom_emoji_id",
            // source: core.telegram.org, errors of messages.sendReaction; Bot API: no paid ones
            Some("paid") => return Err(ApiError::bad("REACTION_INVALID")),
            _ => {
                let why = "Can't parse ReactionType: invalid reaction type specified";
                return Err(ApiError::bad(why));
            }
        };
        let name = kind[field].as_str().unwrap_or_default();
        // The selector of colours in an emoji makes no other one of it.
        let plain = name.replace('\u{fe0f}', "");
        let is_known = REACTIONS
            .split(' ')
            .any(|known| known.replace('\u{fe0f}', "") == plain);
        if name.is_empty() || field == "emoji" && !is_known {
            return Err(ApiError::bad("REACTION_INVALID"));
        }
    }
    if list.len() > 1 {
        // source: Bot API, `setMessageReaction`: a bot sets one; the code is that of
        // messages.sendReaction
        return Err(ApiError::bad("REACTIONS_TOO_MANY"));
    }
    let chat_id = call
        .state
        .readable_chat(call.bot_id, &call.params.text("chat_id"))?;
    let id = call.params.integer("message_id", 0, 0, i64::MAX);
    let message = call.state.message_mut(call.bot_id, chat_id, id);
    let message = message.ok_or_else(|| ApiError::bad("message to react not found"))?;
    message.reaction = list.into_iter().next();
    super::edit::tell_edited(call, chat_id, id);
    Ok(json!(true).into())
}
