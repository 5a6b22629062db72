//! Chats as the window shows them.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::error::{Answer, Failure, Problem, Query};
use super::ledger::OfBot;
use crate::community::BotPlace;
use crate::sandbox::Shared;
use crate::token::Token;

/// A chat.
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
    /// Where the bot stands, in a group or channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_place: Option<BotPlace>,
}

/// The chat of a bot and a user, or of a group or channel by its id.
#[utoipa::path(get, path = "/chats/{user_id}",
    params(("user_id" = i64, Path, description = "The user, group or channel"), OfBot),
    responses((status = 200, body = ChatView), (status = 404, body = Problem)))]
pub async fn show(
    State(sandbox): State<Shared>,
    Path(user_id): Path<i64>,
    Query(of): Query<OfBot>,
) -> Answer<ChatView> {
    let token = Token::parse(&of.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let community = state.communities.get(&user_id);
    let community = community.filter(|community| community.bot_id == bot_id);
    let bot_place = community.map(|community| community.bot);
    let may_post =
        community.map(|community| community.bot.is_in() && community.check_posting().is_ok());
    if state.account(user_id).is_none() && bot_place.is_none() {
        return Err(Failure::no_user());
    }
    let view = state.chats.get(&(bot_id, user_id)).map(|chat| ChatView {
        messages: chat
            .messages
            .iter()
            .map(|message| state.window_object(bot_id, user_id, message))
            .collect(),
        can_write: may_post.unwrap_or_else(|| chat.can_write()),
        started: chat.started,
        blocked: chat.blocked,
        bot_place,
    });
    Ok(Json(view.unwrap_or_else(|| ChatView {
        messages: Vec::new(),
        can_write: may_post.unwrap_or(false),
        started: false,
        blocked: false,
        bot_place,
    })))
}
