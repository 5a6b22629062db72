//! Affiliates: who brought a buyer to a bot, and what they get of each sale.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::amount::Amount;
use crate::ledger::Flow;
use crate::state::State;

/// A buyer who came to a bot through an affiliate's link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Referral {
    /// The user who gets the commission.
    pub affiliate_id: i64,
    /// Stars of each 1000 that the bot gets from this buyer.
    pub commission_per_mille: i64,
    /// Until when, seconds since 1970; without it, for ever.
    pub until: Option<i64>,
}

/// What an affiliate got of one sale.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Commission {
    /// Who got it.
    pub affiliate_id: i64,
    /// Stars of each 1000.
    pub per_mille: i64,
    /// How much it was.
    pub amount: Amount,
}

impl State {
    /// Pays the affiliate behind a buyer, if there is one. The commission comes to
    /// billionths of a Star, which is why the Bot API counts them. Source: Bot API 8.1,
    /// `AffiliateInfo`.
    pub fn pay_affiliate(&mut self, bot_id: i64, user_id: i64, price: i64) -> Option<Commission> {
        let now = self.now();
        let referral = self
            .referrals
            .get(&(bot_id, user_id))
            .filter(|referral| referral.until.is_none_or(|until| now < until))?;
        let commission = Commission {
            affiliate_id: referral.affiliate_id,
            per_mille: referral.commission_per_mille,
            amount: Amount::share(price, referral.commission_per_mille),
        };
        self.earn(commission.affiliate_id, commission.amount);
        Some(commission)
    }

    /// Adds to what an affiliate earned, or takes it back; it stays apart from the
    /// wallet, which holds whole Stars.
    pub fn earn(&mut self, affiliate_id: i64, amount: Amount) {
        if let Some(account) = self.users.get_mut(&affiliate_id) {
            account.earned = account.earned + amount;
        }
    }

    /// The Bot API's `AffiliateInfo`; negative for refunds. Source:
    /// tdlib/telegram-bot-api Client.cpp `JsonAffiliateInfo`.
    #[must_use]
    pub fn affiliate_info(&self, commission: &Commission, flow: Flow) -> Value {
        let affiliate = self.account(commission.affiliate_id);
        let mut info = json!({
            "affiliate_user": affiliate.map(|account| account.user.to_api()),
            "commission_per_mille": commission.per_mille,
        });
        let amount = match flow {
            Flow::In => commission.amount,
            Flow::Out => -commission.amount,
        };
        amount.store(&mut info);
        info
    }
}
