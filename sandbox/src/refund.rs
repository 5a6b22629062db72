//! Giving Stars back: by the bot, or by the store that sold them.

use serde_json::json;

use crate::amount::Amount;
use crate::api_error::{ApiError, ApiResult};
use crate::charge::Charge;
use crate::ledger::Flow;
use crate::limits::REFUND_SECONDS;
use crate::message::{Content, Sender};
use crate::state::State;
use crate::update::Delivery;

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
            .get(charge_id)
            .filter(|charge| charge.bot_id == bot_id && charge.user_id == user_id)
            .cloned()
            .ok_or_else(|| ApiError::bad("CHARGE_ID_INVALID"))?;
        if charge.refunded {
            return Err(ApiError::bad("CHARGE_ALREADY_REFUNDED"));
        }
        match by {
            RefundBy::Bot => self.check_refund(&charge)?,
            RefundBy::Store if self.choices.chargebacks_stop_withdrawals => {
                self.call_back_withdrawals(bot_id, bot_part(&charge));
            }
            RefundBy::Store => {}
        }
        if let Some(kept) = self.charges.get_mut(charge_id) {
            kept.refunded = true;
        }
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
        if let Some(media) = &charge.media
            && self.choices.media_refunds_close
        {
            self.close_media(bot_id, user_id, media);
        }
        self.tell_refund(charge_id, &charge);
        Ok(())
    }

    /// Whether a bot may give a charge back.
    fn check_refund(&self, charge: &Charge) -> ApiResult<()> {
        let is_over = self.choices.refunds_expire && self.now() - charge.date > REFUND_SECONDS;
        if is_over || charge.media.is_some() && !self.choices.paid_media_refund {
            return Err(ApiError::bad("CHARGE_ID_INVALID"));
        }
        let bot = self.bots.get(&charge.bot_id);
        let balance = bot.map_or_else(Amount::default, |bot| bot.ledger.balance());
        if balance < bot_part(charge) && !self.choices.refunds_leave_debts {
            // Not in the documented list of payments.refundStarsCharge: that a bot can give back
            // no more than it has is, the code is the one of payments.
            return Err(ApiError::bad("BALANCE_TOO_LOW"));
        }
        Ok(())
    }

    /// Source: tdlib/telegram-bot-api Client.cpp `JsonRefundedPayment`; that it is the bot who says
    /// so, `need_skip_update_message` there and aiogram/aiogram#1692.
    fn tell_refund(&mut self, charge_id: &str, charge: &Charge) {
        let named = self.choices.media_refunds_name_payload;
        let media = charge.media.as_ref().filter(|_| named);
        let refunded = json!({
            "currency": "XTR",
            "total_amount": charge.amount,
            "invoice_payload": media.map_or(&charge.payload, |media| &media.payload),
            "telegram_payment_charge_id": charge_id,
            "provider_payment_charge_id": charge.provider_id,
        });
        let content = Content::Service("refunded_payment".into(), refunded.into());
        self.tell_of(charge, Sender::Bot, content, Delivery::Normal);
    }
}

/// What comes back from the bot: an affiliate's part comes back from the affiliate.
fn bot_part(charge: &Charge) -> Amount {
    let cut = charge.commission.as_ref().map(|cut| cut.amount);
    Amount::stars(charge.amount) - cut.unwrap_or_default()
}
