//! A bot's books as Telegram keeps them.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::error::{Answer, Problem, Query};
use crate::ledger::Row;
use crate::sandbox::Shared;
use crate::token::Token;

/// Which bot.
#[derive(Debug, Deserialize, IntoParams)]
pub struct OfBot {
    /// The bot's token.
    pub token: String,
}

/// A bot's Stars.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerView {
    /// What it has, whole Stars.
    pub balance: i64,
    /// Billionths of a Star beside those, with the same sign.
    #[serde(skip_serializing_if = "is_zero")]
    pub nanostar_balance: i64,
    /// The Bot API's `StarTransaction` objects, oldest first, all of them.
    #[schema(value_type = Vec<Object>)]
    pub transactions: Vec<Value>,
}

/// Left out of the answer when there is no fraction.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A bot's balance and every row that made it.
#[utoipa::path(get, path = "/ledger", params(OfBot),
    responses((status = 200, body = LedgerView), (status = 401, body = Problem)))]
pub async fn show(State(sandbox): State<Shared>, Query(of): Query<OfBot>) -> Answer<LedgerView> {
    let token = Token::parse(&of.token)?;
    let mut state = sandbox.state();
    let ledger = &state.bot_of(&token)?.ledger;
    let transactions = ledger.rows().iter().map(Row::to_api).collect();
    Ok(Json(LedgerView {
        balance: ledger.balance().whole(),
        nanostar_balance: ledger.balance().nanos(),
        transactions,
    }))
}
