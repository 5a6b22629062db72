//! Giving Stars back: by the bot, or by the store that sold them.

use serde_json::json;

use crate::api_error::{ApiError, ApiResult};
use crate::ledger::{Flow, Row};
use crate::message::Content;
use crate::state::State;

/// Who gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundBy {
    /// The bot, out of what it has.
    Bot,
    /// The app store, whether the bot has it or not.
    Store,
}

impl State {
    /// Returns a charge in full, books it and says so in the chat.
    ///
    /// # Errors
    /// 400 with Telegram's code when the charge is not this bot's and user's,
    /// was returned before, or the bot has too few Stars.
    pub fn refund(
        &mut self,
        bot_id: i64,
        user_id: i64,
        charge_id: &str,
        by: RefundBy,
    ) -> ApiResult<()> {
        // source: core.telegram.org, errors of payments.refundStarsCharge
        let charge = self
            .charges
            .get_mut(charge_id)
            .filter(|charge| charge.bot_id == bot_id && charge.user_id == user_id)
            .ok_or_else(|| ApiError::bad("CHARGE_ID_INVALID"))?;
        if charge.refunded {
            return Err(ApiError::bad("CHARGE_ALREADY_REFUNDED"));
        }
        let balance = self.bots.get(&bot_id).map_or(0, |bot| bot.ledger.balance());
        if by == RefundBy::Bot && balance < charge.amount {
            return Err(ApiError::bad("BALANCE_TOO_LOW"));
        }
        charge.refunded = true;
        let charge = charge.clone();
        self.move_stars(user_id, charge.amount);
        let row = Row {
            id: charge_id.to_owned(),
            amount: charge.amount,
            date: self.clock.now(),
            flow: Flow::Out,
            partner: charge.partner.clone(),
        };
        if let Some(bot) = self.bots.get_mut(&bot_id) {
            bot.ledger.book(row);
        }
        // source: tdlib/telegram-bot-api Client.cpp `JsonRefundedPayment`
        let refunded = json!({
            "currency": "XTR",
            "total_amount": charge.amount,
            "invoice_payload": charge.payload,
            "telegram_payment_charge_id": charge_id,
            "provider_payment_charge_id": charge.provider_id,
        });
        self.post_from_user(
            bot_id,
            user_id,
            Content::Service("refunded_payment", refunded),
        );
        Ok(())
    }
}
