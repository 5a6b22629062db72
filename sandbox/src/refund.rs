//! Giving Stars back: by the bot, or by the store that sold them.

use serde_json::json;

use crate::amount::Amount;
use crate::api_error::{ApiError, ApiResult};
use crate::ledger::Flow;
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
            .world
            .charges
            .get_mut(charge_id)
            .filter(|charge| charge.bot_id == bot_id && charge.user_id == user_id)
            .ok_or_else(|| ApiError::bad("CHARGE_ID_INVALID"))?;
        if charge.refunded {
            return Err(ApiError::bad("CHARGE_ALREADY_REFUNDED"));
        }
        if by == RefundBy::Bot && charge.is_media && !self.world.choices.paid_media_refund {
            return Err(ApiError::bad("CHARGE_ID_INVALID"));
        }
        let balance = self
            .world
            .bots
            .get(&bot_id)
            .map_or_else(Amount::default, |bot| bot.ledger.balance());
        // An affiliate's part comes back from the affiliate, not from the bot.
        let cut = charge.commission.as_ref().map(|cut| cut.amount);
        let needed = Amount::stars(charge.amount) - cut.unwrap_or_default();
        let may_owe = by == RefundBy::Store || self.world.choices.refunds_leave_debts;
        if !may_owe && balance < needed {
            // Not in the documented list of payments.refundStarsCharge: that a bot can give back
            // no more than it has is, the code is the one of payments.
            return Err(ApiError::bad("BALANCE_TOO_LOW"));
        }
        charge.refunded = true;
        let charge = charge.clone();
        self.move_stars(user_id, charge.amount);
        if let Some(commission) = &charge.commission {
            self.earn(commission.affiliate_id, -commission.amount);
        }
        self.book_sale(charge_id, &charge, Flow::Out);
        if let Some(id) = &charge.subscription
            && self.choices.refunds_cancel
        {
            self.stop_subscription(id, true);
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
            Content::Service("refunded_payment".into(), refunded.into()),
        );
        Ok(())
    }
}
