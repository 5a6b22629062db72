//! A user's contact, shared with a bot.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use super::messages::Sent;
use crate::sandbox::Shared;
use crate::token::Token;

/// Who shares their contact with whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// The bot.
    pub token: String,
    /// The user.
    pub user_id: i64,
}

/// A user shares their phone number with a bot, by a keyboard or at the request of its
/// Mini App. The number is made up and never anybody's.
#[utoipa::path(post, path = "/contacts", request_body = Sharing,
    responses((status = 200, body = Sent), (status = 404, body = Problem)))]
pub async fn share(State(sandbox): State<Shared>, Body(sharing): Body<Sharing>) -> Answer<Sent> {
    let token = Token::parse(&sharing.token)?;
    let mut state = sandbox.state();
    state.bot_of(&token)?;
    let message = state
        .share_contact(&token, &sandbox.keys, sharing.user_id)
        .ok_or_else(Failure::no_user)?;
    Ok(Json(Sent { message }))
}
