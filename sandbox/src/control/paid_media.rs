//! Buying paid media.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{Answer, Body, Problem};
use crate::sandbox::Shared;
use crate::token::Token;

/// Media to be bought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// The bot.
    pub token: String,
    /// The buyer.
    pub user_id: i64,
    /// The group or channel; the buyer's chat with the bot without it.
    pub chat_id: Option<i64>,
    /// The message that holds them.
    pub message_id: i64,
}

/// Media that were bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct Purchased {
    /// Id of the row in the bot's ledger, or of the channel's income; no update tells it.
    pub charge_id: String,
}

/// A user buys the media of a message: no pre-checkout, and an update only when the
/// bot gave a payload.
#[utoipa::path(post, path = "/paid-media", request_body = Purchase,
    responses((status = 200, body = Purchased), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn buy(
    State(sandbox): State<Shared>,
    Body(purchase): Body<Purchase>,
) -> Answer<Purchased> {
    let token = Token::parse(&purchase.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let chat_id = purchase.chat_id.unwrap_or(purchase.user_id);
    let charge_id = state.buy_media(bot_id, chat_id, purchase.user_id, purchase.message_id)?;
    Ok(Json(Purchased { charge_id }))
}
