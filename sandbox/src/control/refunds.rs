//! Chargebacks by the store.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{Answer, Body, Problem};
use crate::api_error::ApiError;
use crate::refund::RefundBy;
use crate::sandbox::Shared;
use crate::token::Token;

/// A charge that the store takes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chargeback {
    /// The bot that got the Stars.
    pub token: String,
    /// The charge.
    pub charge_id: String,
}

/// What the bot is left with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargebackDone {
    /// Always true.
    pub ok: bool,
    /// The bot's Stars, possibly below zero.
    pub balance: i64,
}

/// The store gives a buyer their Stars back, whether the bot still has them or not.
#[utoipa::path(post, path = "/refunds", request_body = Chargeback,
    responses((status = 200, body = ChargebackDone), (status = 400, body = Problem)))]
pub async fn create(
    State(sandbox): State<Shared>,
    Body(request): Body<Chargeback>,
) -> Answer<ChargebackDone> {
    let token = Token::parse(&request.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let user_id = state
        .charges
        .get(&request.charge_id)
        .map(|charge| charge.user_id)
        .ok_or_else(|| ApiError::bad("CHARGE_ID_INVALID"))?;
    state.refund(bot_id, user_id, &request.charge_id, RefundBy::Store)?;
    let balance = state.bot_mut(bot_id)?.ledger.balance().whole();
    Ok(Json(ChargebackDone { ok: true, balance }))
}
