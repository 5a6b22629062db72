//! answerCallbackQuery, and the presses that wait for it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Call, MethodResult};
use crate::api_error::ApiError;
use crate::event::Event;
use crate::limits::{CALLBACK_ANSWER_CHARS, CALLBACK_SECONDS, CALLBACK_SHORT_SECONDS};
use crate::state::State;
use crate::update::Queue;

/// A pressed button that waits for an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PendingCallback {
    /// The bot of the chat.
    pub bot_id: i64,
    /// The user who pressed.
    pub user_id: i64,
    /// Answers after this come too late, seconds since 1970.
    pub expires: i64,
}

/// answerCallbackQuery.
///
/// # Errors
/// 400 when the press is unknown, answered, or too old.
pub fn answer(call: &mut Call<'_>) -> MethodResult {
    let id = call
        .params
        .integer("callback_query_id", 0, i64::MIN, i64::MAX);
    let text = call.params.text("text");
    if text.chars().count() > CALLBACK_ANSWER_CHARS {
        // source: core.telegram.org, errors of messages.setBotCallbackAnswer
        return Err(ApiError::bad("MESSAGE_TOO_LONG"));
    }
    let now = call.state.now();
    let is_open =
        |waiting: &PendingCallback| waiting.bot_id == call.bot_id && now <= waiting.expires;
    if !call.state.callbacks.get(&id).is_some_and(is_open) {
        // source: tdlib/telegram-bot-api Client.cpp, QUERY_ID_INVALID
        return Err(ApiError::bad(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    }
    if let Some(waiting) = call.state.callbacks.remove(&id) {
        let url = call.params.text("url");
        call.state.tell(Event::CallbackAnswer {
            bot_id: call.bot_id,
            user_id: waiting.user_id,
            callback_query_id: id.to_string(),
            text: (!text.is_empty()).then_some(text),
            show_alert: call.params.flag("show_alert"),
            url: (!url.is_empty()).then_some(url),
        });
    }
    Ok(json!(true).into())
}

impl State {
    /// A user presses a button with callback data, in a private chat (where `chat_id` is
    /// theirs), a group or a channel. `None` when the message has no such button.
    pub fn press(
        &mut self,
        bot_id: i64,
        (chat_id, user_id): (i64, i64),
        message_id: i64,
        data: &str,
    ) -> Option<i64> {
        let message = self.message_mut(bot_id, chat_id, message_id)?.clone();
        let keyboard = message
            .markup
            .as_ref()?
            .value
            .get("inline_keyboard")?
            .clone();
        let rows = keyboard.as_array()?;
        let has_button = rows
            .iter()
            .filter_map(Value::as_array)
            .flatten()
            .any(|button| button["callback_data"] == data);
        if !has_button {
            return None;
        }
        let id = self.ids.number();
        let seconds = if self.choices.presses_expire_soon {
            CALLBACK_SHORT_SECONDS
        } else {
            CALLBACK_SECONDS
        };
        let expires = self.now() + seconds;
        self.callbacks.insert(
            id,
            PendingCallback {
                bot_id,
                user_id,
                expires,
            },
        );
        let instance = self.chat_mut(bot_id, chat_id).instance;
        // source: tdlib/telegram-bot-api Client.cpp `JsonCallbackQuery`
        let query = json!({
            "id": id.to_string(),
            "from": self.account(user_id).map(|account| account.user.to_api()),
            "message": self.message_object(bot_id, chat_id, &message),
            "chat_instance": instance.to_string(),
            "data": data,
        });
        self.push_update(bot_id, "callback_query", query, Queue::Callback(user_id));
        Some(id)
    }
}
