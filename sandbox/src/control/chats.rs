//! Chats as the window shows them.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::error::{Answer, Failure, Problem, Query};
use super::ledger::OfBot;
use crate::sandbox::Shared;
use crate::token::Token;

/// A private chat.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatView {
    /// The Bot API's `Message` objects, oldest first, with every kind of
    /// `reply_markup`, and `invoice_slug` for invoices.
    #[schema(value_type = Vec<Object>)]
    pub messages: Vec<Value>,
    /// Whether the bot may write.
    pub can_write: bool,
    /// Whether the user has started the bot.
    pub started: bool,
    /// Whether the user blocked the bot.
    pub blocked: bool,
}

/// The chat of a user and a bot.
#[utoipa::path(get, path = "/chats/{user_id}",
    params(("user_id" = i64, Path, description = "The user"), OfBot),
    responses((status = 200, body = ChatView), (status = 404, body = Problem)))]
pub async fn show(
    State(sandbox): State<Shared>,
    Path(user_id): Path<i64>,
    Query(of): Query<OfBot>,
) -> Answer<ChatView> {
    let token = Token::parse(&of.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    if state.account(user_id).is_none() {
        return Err(Failure::no_user());
    }
    let view = state.chats.get(&(bot_id, user_id)).map(|chat| ChatView {
        messages: chat
            .messages
            .iter()
            .map(|message| state.window_object(bot_id, user_id, message))
            .collect(),
        can_write: chat.can_write(),
        started: chat.started,
        blocked: chat.blocked,
    });
    Ok(Json(view.unwrap_or_else(|| ChatView {
        messages: Vec::new(),
        can_write: false,
        started: false,
        blocked: false,
    })))
}
