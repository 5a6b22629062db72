//! What a user does in a chat: write, press buttons.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::limits::TEXT_CHARS;
use crate::sandbox::Shared;
use crate::token::Token;

/// A message of a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// The text; `/start x` starts the bot.
    pub text: String,
}

/// The message that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sent {
    /// The Bot API's `Message` object.
    #[schema(value_type = Object)]
    pub message: Value,
}

/// A user writes to a bot.
#[utoipa::path(post, path = "/messages", request_body = NewMessage,
    responses((status = 200, body = Sent), (status = 404, body = Problem)))]
pub async fn create(State(sandbox): State<Shared>, Body(new): Body<NewMessage>) -> Answer<Sent> {
    let token = Token::parse(&new.token)?;
    if !(1..=TEXT_CHARS).contains(&new.text.trim().chars().count()) {
        return Err(Failure::bad(
            "text_invalid",
            "A message has 1 to 4096 characters.",
        ));
    }
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    if state.account(new.user_id).is_none() {
        return Err(Failure::no_user());
    }
    let message = state.write_to_bot(bot_id, new.user_id, &new.text);
    Ok(Json(Sent { message }))
}

/// A pressed button.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Press {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// The message with the button.
    pub message_id: i64,
    /// The button's callback data.
    pub data: String,
}

/// The press that waits for the bot's answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pressed {
    /// The answer comes as an event with this id.
    pub callback_query_id: String,
}

/// A user presses an inline button.
#[utoipa::path(post, path = "/callbacks", request_body = Press,
    responses((status = 200, body = Pressed), (status = 404, body = Problem)))]
pub async fn press(State(sandbox): State<Shared>, Body(press): Body<Press>) -> Answer<Pressed> {
    let token = Token::parse(&press.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let id = state
        .press(bot_id, press.user_id, press.message_id, &press.data)
        .ok_or_else(|| {
            Failure::not_found(
                "button_not_found",
                "No message here has a button with this data.",
            )
        })?;
    Ok(Json(Pressed {
        callback_query_id: id.to_string(),
    }))
}
