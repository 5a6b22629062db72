//! The other side of a row in the Star ledger.

use serde::Deserialize;
use serde_json::Value;

use crate::types::User;

/// Who the Stars came from or went to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TransactionPartner {
    /// A user: a sale, a refund, a gift…
    User(Box<UserPartner>),
    /// A chat, whole.
    Chat(Value),
    /// An affiliate program.
    AffiliateProgram {
        /// Commission in thousandths of the sale.
        commission_per_mille: i64,
        /// The bot that pays the commission.
        sponsor_user: Option<User>,
    },
    /// Fragment: a withdrawal, or a deposit when there is no state.
    Fragment {
        /// How far the withdrawal is.
        withdrawal_state: Option<WithdrawalState>,
    },
    /// Telegram Ads.
    TelegramAds,
    /// Paid broadcasts.
    TelegramApi {
        /// Messages paid for.
        request_count: i64,
    },
    /// A known kind that looks other than expected, whole: what it says is not known.
    Unreadable(Value),
    /// A kind that this version does not know, whole.
    Other {
        /// Its name; empty when there is none.
        kind: String,
        /// The partner as it came.
        raw: Value,
    },
}

/// A user as the other side.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct UserPartner {
    /// `invoice_payment`, `paid_media_payment`, `gift_purchase`, `premium_purchase` or
    /// `business_account_transfer`; empty when absent.
    #[serde(default)]
    pub transaction_type: String,
    /// The user.
    pub user: User,
    /// The payload given when the invoice was made.
    pub invoice_payload: Option<String>,
    /// The payload given when paid media was sent.
    pub paid_media_payload: Option<String>,
    /// Seconds of a subscription period.
    pub subscription_period: Option<i64>,
    /// Commission paid for this sale.
    pub affiliate: Option<AffiliateInfo>,
}

/// Commission of one sale: what is left is price minus this, possibly with a fraction.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct AffiliateInfo {
    /// Commission in thousandths of the sale.
    pub commission_per_mille: i64,
    /// Whole Stars paid.
    pub amount: i64,
    /// Billionths of a Star paid.
    #[serde(default)]
    pub nanostar_amount: i64,
    /// The user who earned it.
    pub affiliate_user: Option<User>,
}

/// How far a withdrawal is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum WithdrawalState {
    /// Under way.
    Pending,
    /// Done.
    Succeeded {
        /// When, in unix seconds.
        date: i64,
        /// Address of the transaction's page.
        url: String,
    },
    /// Failed; the Stars are back.
    Failed,
    /// A state that this version does not know.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct AffiliateProgram {
    commission_per_mille: i64,
    sponsor_user: Option<User>,
}

impl TransactionPartner {
    /// Reads a partner; never fails, see [`TransactionPartner::Unreadable`] and
    /// [`TransactionPartner::Other`].
    pub(super) fn read(raw: &Value) -> Self {
        let kind = raw.get("type").and_then(Value::as_str).unwrap_or_default();
        let known = match kind {
            "user" => UserPartner::deserialize(raw)
                .ok()
                .map(|user| Self::User(Box::new(user))),
            "chat" => Some(Self::Chat(raw.clone())),
            "affiliate_program" => {
                AffiliateProgram::deserialize(raw)
                    .ok()
                    .map(|program| Self::AffiliateProgram {
                        commission_per_mille: program.commission_per_mille,
                        sponsor_user: program.sponsor_user,
                    })
            }
            "fragment" => Some(Self::Fragment {
                withdrawal_state: raw.get("withdrawal_state").map(|state| {
                    WithdrawalState::deserialize(state).unwrap_or(WithdrawalState::Other)
                }),
            }),
            "telegram_ads" => Some(Self::TelegramAds),
            "telegram_api" => raw
                .get("request_count")
                .and_then(Value::as_i64)
                .map(|request_count| Self::TelegramApi { request_count }),
            _ => Some(Self::Other {
                kind: kind.to_owned(),
                raw: raw.clone(),
            }),
        };
        known.unwrap_or_else(|| Self::Unreadable(raw.clone()))
    }

    /// The user on the other side, for sales and refunds.
    pub fn user(&self) -> Option<&UserPartner> {
        match self {
            Self::User(user) => Some(user),
            _ => None,
        }
    }
}
