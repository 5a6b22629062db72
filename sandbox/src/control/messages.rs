//! What a user does in a chat: write, press buttons.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::community::talk::TalkError;
use crate::limits::{TEXT_CHARS, WEB_APP_DATA_BYTES};
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
    /// The group or channel to write in; the private chat without it.
    pub chat_id: Option<i64>,
    /// The message of this chat that is answered.
    pub reply_to_message_id: Option<i64>,
}

/// The message that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sent {
    /// The Bot API's `Message` object.
    #[schema(value_type = Object)]
    pub message: Value,
}

/// A user writes to a bot, in a group that it is in, or posts in their channel.
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
    let message = match new.chat_id.filter(|id| *id != new.user_id) {
        Some(id) => {
            state
                .community_id(bot_id, &id.to_string())
                .ok_or(TalkError::NotFound)?;
            state.write_to_community(id, new.user_id, &new.text, new.reply_to_message_id)?
        }
        None => {
            let answered = new.reply_to_message_id;
            if answered.is_some_and(|id| state.message_mut(bot_id, new.user_id, id).is_none()) {
                return Err(TalkError::NoMessage.into());
            }
            state.write_to_bot(bot_id, new.user_id, &new.text, answered)
        }
    };
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
    /// The group or channel of the message; the private chat without it.
    pub chat_id: Option<i64>,
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
    let chat_id = press.chat_id.unwrap_or(press.user_id);
    let id = state
        .press(
            bot_id,
            (chat_id, press.user_id),
            press.message_id,
            &press.data,
        )
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

/// What a Mini App of a keyboard button sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppData {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// Text of the button that opened the app; or its `url`.
    pub button_text: Option<String>,
    /// Address of the button that opened the app.
    pub url: Option<String>,
    /// What `sendData` was given, 1 to 4096 bytes.
    pub data: String,
}

/// A Mini App that a keyboard button opened sends data: the bot gets it as `web_app_data`.
#[utoipa::path(post, path = "/web-app-data", request_body = AppData,
    responses((status = 200, body = Sent), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn send_data(State(sandbox): State<Shared>, Body(sent): Body<AppData>) -> Answer<Sent> {
    let token = Token::parse(&sent.token)?;
    if !(1..=WEB_APP_DATA_BYTES).contains(&sent.data.len()) {
        let why = "Data of a Mini App has 1 to 4096 bytes.";
        return Err(Failure::bad("data_invalid", why));
    }
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let is_meant = |button: &Value| match (&sent.button_text, &sent.url) {
        (Some(text), _) => button["text"] == text.as_str(),
        (None, Some(url)) => button["web_app"]["url"] == url.as_str(),
        (None, None) => false,
    };
    let message = state
        .send_app_data(bot_id, sent.user_id, is_meant, &sent.data)
        .ok_or_else(|| {
            let why = "The keyboard of this chat has no such button that opens a Mini App.";
            Failure::not_found("button_not_found", why)
        })?;
    Ok(Json(Sent { message }))
}
