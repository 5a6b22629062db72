//! What a user allows a bot.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::sandbox::Shared;
use crate::token::Token;

/// Whether a bot may write without having been started.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteAccess {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// Yes or no.
    pub allow: bool,
}

/// Whether a bot is blocked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
    /// Yes or no.
    pub blocked: bool,
}

/// What holds now.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessView {
    /// Whether the bot may write.
    pub can_write: bool,
    /// Whether the user has started the bot.
    pub started: bool,
    /// Whether the user blocked the bot.
    pub blocked: bool,
}

/// The user lets the bot write, or not; the bot is told when it newly may.
#[utoipa::path(post, path = "/write-access", request_body = WriteAccess,
    responses((status = 200, body = AccessView), (status = 404, body = Problem)))]
pub async fn write_access(
    State(sandbox): State<Shared>,
    Body(wanted): Body<WriteAccess>,
) -> Answer<AccessView> {
    let token = Token::parse(&wanted.token)?;
    let bot_id = find(&sandbox, &token, wanted.user_id)?;
    sandbox
        .state()
        .set_write_access(bot_id, wanted.user_id, wanted.allow);
    Ok(Json(view(&sandbox, bot_id, wanted.user_id)))
}

/// The user blocks the bot, or lets it in again; the bot is told.
#[utoipa::path(post, path = "/block", request_body = Block,
    responses((status = 200, body = AccessView), (status = 404, body = Problem)))]
pub async fn block(State(sandbox): State<Shared>, Body(wanted): Body<Block>) -> Answer<AccessView> {
    let token = Token::parse(&wanted.token)?;
    let bot_id = find(&sandbox, &token, wanted.user_id)?;
    sandbox
        .state()
        .set_blocked(bot_id, wanted.user_id, wanted.blocked);
    Ok(Json(view(&sandbox, bot_id, wanted.user_id)))
}

fn find(sandbox: &Shared, token: &Token, user_id: i64) -> Result<i64, Failure> {
    let mut state = sandbox.state();
    let bot_id = state.bot_of(token)?.id();
    state
        .account(user_id)
        .map(|_| bot_id)
        .ok_or_else(Failure::no_user)
}

fn view(sandbox: &Shared, bot_id: i64, user_id: i64) -> AccessView {
    let mut state = sandbox.state();
    let chat = state.chat_mut(bot_id, user_id);
    AccessView {
        can_write: chat.can_write(),
        started: chat.started,
        blocked: chat.blocked,
    }
}
