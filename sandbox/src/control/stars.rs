//! Stars that move by other hands than a buyer's: affiliates, withdrawals, and rows of
//! any kind in a bot's ledger.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::error::{Answer, Body, Failure, Problem};
use crate::affiliate::Referral;
use crate::amount::Amount;
use crate::ledger::{Flow, Row};
use crate::limits::{COMMISSION_PER_MILLE, WALLET_STARS};
use crate::sandbox::Shared;
use crate::token::Token;
use crate::withdrawal::Ending;

/// A buyer who came through an affiliate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReferral {
    /// The bot that sells.
    pub token: String,
    /// The buyer.
    pub user_id: i64,
    /// Who gets a part of what the buyer pays.
    pub affiliate_id: i64,
    /// Stars of each 1000, 1 to 999.
    pub commission_per_mille: i64,
    /// For how many seconds; without it, for ever.
    pub seconds: Option<i64>,
}

/// A withdrawal to be begun.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWithdrawal {
    /// The bot.
    pub token: String,
    /// Whole Stars, 1000 to 25000000, past their hold of 21 days.
    pub amount: i64,
}

/// A withdrawal to be ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndOfWithdrawal {
    /// The bot.
    pub token: String,
    /// Which withdrawal.
    pub id: String,
    /// How it ends.
    pub ending: Ending,
}

/// A row to be booked in a bot's ledger, of a kind that the sandbox has no story for:
/// `affiliate_program`, `telegram_ads`, `telegram_api`, `other`, or one of the future.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRow {
    /// The bot.
    pub token: String,
    /// Which way the Stars go.
    pub flow: Flow,
    /// Whole Stars, not negative.
    pub amount: i64,
    /// Billionths of a Star beside them.
    #[serde(default)]
    pub nanostar_amount: u32,
    /// The Bot API's `TransactionPartner`, taken as it is.
    #[schema(value_type = Object)]
    pub partner: Value,
}

/// What was booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Booked {
    /// Id of the row.
    pub id: String,
    /// Whole Stars that the bot has now.
    pub balance: i64,
}

/// From now on, an affiliate gets a part of what a buyer pays to a bot.
#[utoipa::path(post, path = "/affiliates", request_body = NewReferral,
    responses((status = 200, body = Object), (status = 400, body = Problem),
              (status = 404, body = Problem)))]
pub async fn refer(State(sandbox): State<Shared>, Body(new): Body<NewReferral>) -> Answer<Value> {
    let token = Token::parse(&new.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let (min, max) = COMMISSION_PER_MILLE;
    if !(min..=max).contains(&new.commission_per_mille) {
        let why = "A commission is 1 to 999 Stars of each 1000.";
        return Err(Failure::bad("commission_invalid", why));
    }
    if state.account(new.user_id).is_none() || state.account(new.affiliate_id).is_none() {
        return Err(Failure::no_user());
    }
    let until = new
        .seconds
        .map(|seconds| state.now().saturating_add(seconds));
    let referral = Referral {
        affiliate_id: new.affiliate_id,
        commission_per_mille: new.commission_per_mille,
        until,
    };
    state.referrals.insert((bot_id, new.user_id), referral);
    Ok(Json(json!({ "ok": true })))
}

/// The owner of a bot begins to take Stars out.
#[utoipa::path(post, path = "/withdrawals", request_body = NewWithdrawal,
    responses((status = 200, body = Booked), (status = 400, body = Problem)))]
pub async fn withdraw(
    State(sandbox): State<Shared>,
    Body(new): Body<NewWithdrawal>,
) -> Answer<Booked> {
    let token = Token::parse(&new.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let id = state.withdraw(bot_id, new.amount)?;
    let balance = state.bot_mut(bot_id)?.ledger.balance().whole();
    Ok(Json(Booked { id, balance }))
}

/// A withdrawal succeeds, or fails and comes back.
#[utoipa::path(put, path = "/withdrawals", request_body = EndOfWithdrawal,
    responses((status = 200, body = Booked), (status = 400, body = Problem)))]
pub async fn end_withdrawal(
    State(sandbox): State<Shared>,
    Body(end): Body<EndOfWithdrawal>,
) -> Answer<Booked> {
    let token = Token::parse(&end.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    state.end_withdrawal(bot_id, &end.id, end.ending)?;
    let balance = state.bot_mut(bot_id)?.ledger.balance().whole();
    Ok(Json(Booked {
        id: end.id,
        balance,
    }))
}

/// Books a row in a bot's ledger.
#[utoipa::path(post, path = "/ledger", request_body = NewRow,
    responses((status = 200, body = Booked), (status = 400, body = Problem)))]
pub async fn book(State(sandbox): State<Shared>, Body(new): Body<NewRow>) -> Answer<Booked> {
    let token = Token::parse(&new.token)?;
    let mut state = sandbox.state();
    let bot_id = state.bot_of(&token)?.id();
    let amount = Amount::new(new.amount, i64::from(new.nanostar_amount));
    let is_sane = (0..=WALLET_STARS).contains(&new.amount) && new.nanostar_amount < 1_000_000_000;
    if !is_sane || !amount.is_positive() || !new.partner.is_object() {
        let why = "A row has an amount above zero and a partner that is an object.";
        return Err(Failure::bad("row_invalid", why));
    }
    let row = Row {
        id: state.new_charge_id(),
        amount,
        date: state.now(),
        flow: new.flow,
        partner: new.partner.into(),
    };
    let id = row.id.clone();
    let bot = state.bot_mut(bot_id)?;
    bot.ledger.book(row);
    let balance = bot.ledger.balance().whole();
    Ok(Json(Booked { id, balance }))
}
