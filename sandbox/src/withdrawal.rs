//! Stars that the owner of a bot takes out through Fragment.
//!
//! The Bot API has no method for it; a bot only sees the row in its ledger.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::amount::Amount;
use crate::ledger::{Flow, Row};
use crate::limits::{WITHDRAWAL_HOLD_SECONDS, WITHDRAWAL_STARS};
use crate::state::State;

/// How a withdrawal ends. Source: Bot API, `RevenueWithdrawalState`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It is paid out.
    Succeeded,
    /// It fails, and Fragment gives the Stars back.
    Failed,
}

/// Why a withdrawal cannot begin or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawalError {
    /// Fewer or more than Fragment takes.
    #[error("A withdrawal takes 1000 to 25000000 Stars.")]
    AmountOutOfBounds,
    /// More than the bot has, or than is past its hold.
    #[error("The bot has too few Stars that are past the hold of 21 days.")]
    BalanceTooLow,
    /// Unknown, or ended before.
    #[error("No pending withdrawal has this id.")]
    NotPending,
}

impl State {
    /// Begins a withdrawal: a row that is pending. Returns its id. Limits: Telegram's
    /// Stars terms; tdlib/td OptionManager.cpp `star_withdrawal_count_min`.
    ///
    /// # Errors
    /// When the amount is not acceptable or not there.
    pub fn withdraw(&mut self, bot_id: i64, stars: i64) -> Result<String, WithdrawalError> {
        let (min, max) = WITHDRAWAL_STARS;
        if !(min..=max).contains(&stars) {
            return Err(WithdrawalError::AmountOutOfBounds);
        }
        let date = self.now();
        let free = self.bots.get(&bot_id).map_or_else(Amount::default, |bot| {
            bot.ledger.received_before(date - WITHDRAWAL_HOLD_SECONDS)
        });
        let amount = Amount::stars(stars);
        if free < amount {
            return Err(WithdrawalError::BalanceTooLow);
        }
        let id = self.new_charge_id();
        let row = Row {
            id: id.clone(),
            amount,
            date,
            flow: Flow::Out,
            partner: fragment(&json!({ "type": "pending" })).into(),
        };
        if let Some(bot) = self.bots.get_mut(&bot_id) {
            bot.ledger.book(row);
        }
        Ok(id)
    }

    /// Fails withdrawals that are pending, the newest first, until the bot has so much or none is
    /// left.
    pub fn call_back_withdrawals(&mut self, bot_id: i64, needed: Amount) {
        let pending = fragment(&json!({ "type": "pending" })).into();
        loop {
            let bot = self.bots.get(&bot_id);
            let poor = bot.filter(|bot| bot.ledger.balance() < needed);
            let newest = poor.and_then(|bot| {
                let mut rows = bot.ledger.rows().iter().rev();
                rows.find(|row| row.flow == Flow::Out && row.partner == pending)
            });
            let Some(id) = newest.map(|row| row.id.clone()) else {
                return;
            };
            if self.end_withdrawal(bot_id, &id, Ending::Failed).is_err() {
                return;
            }
        }
    }

    /// Ends a withdrawal. A failed one comes back as a row of its own; its id is a matter of
    /// [`crate::choices`]. Source: Bot API, `StarTransaction`: "Fragment refunding a failed withdrawal".
    ///
    /// # Errors
    /// When it is not pending.
    pub fn end_withdrawal(
        &mut self,
        bot_id: i64,
        id: &str,
        ending: Ending,
    ) -> Result<(), WithdrawalError> {
        let date = self.now();
        let has_own_id = self.choices.failed_withdrawals_have_own_id;
        let back_id = if has_own_id {
            self.new_charge_id()
        } else {
            id.to_owned()
        };
        let pending = fragment(&json!({ "type": "pending" })).into();
        let row = self
            .bots
            .get_mut(&bot_id)
            .and_then(|bot| bot.ledger.row_mut(id, Flow::Out))
            .filter(|row| row.partner == pending)
            .ok_or(WithdrawalError::NotPending)?;
        if ending == Ending::Succeeded {
            let url = format!("https://fragment.com/tx/{id}");
            row.partner =
                fragment(&json!({ "type": "succeeded", "date": date, "url": url })).into();
            return Ok(());
        }
        row.partner = fragment(&json!({ "type": "failed" })).into();
        let back = Row {
            id: back_id,
            date,
            flow: Flow::In,
            partner: json!({ "type": "fragment" }).into(),
            ..row.clone()
        };
        if let Some(bot) = self.bots.get_mut(&bot_id) {
            bot.ledger.book(back);
        }
        Ok(())
    }
}

/// The Bot API's `TransactionPartnerFragment`.
fn fragment(state: &Value) -> Value {
    json!({ "type": "fragment", "withdrawal_state": state })
}
