//! What Telegram says about money, in the shop's own words.

use serde::{Deserialize, Serialize};

use super::{ChargeId, OrderId, ProductCode, Refusal, Stars, UnixSeconds, UserId};

/// Telegram asks whether a payment may go ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precheck {
    /// Who is about to pay.
    pub buyer: UserId,
    /// The invoice payload, as received.
    pub payload: String,
    /// Currency, as received; `XTR` is the only right one.
    pub currency: String,
    /// Amount in whole Stars, as received.
    pub amount: i64,
}

/// A payment that Telegram made, from webhook, polling or ledger alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Telegram's id of the charge: the one key of this fact.
    pub charge: ChargeId,
    /// Who paid.
    pub buyer: UserId,
    /// The invoice payload, as received.
    pub payload: String,
    /// Currency, as received.
    pub currency: String,
    /// Amount in whole Stars, as received.
    pub amount: i64,
    /// When Telegram says it was paid.
    pub paid_at: UnixSeconds,
    /// Whether it is a payment of a subscription that Telegram renews.
    #[serde(default)]
    pub recurring: Option<Recurring>,
    /// Who tells of it.
    #[serde(default)]
    pub heard_by: HeardBy,
}

/// Who tells the shop of a charge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeardBy {
    /// An update, by webhook or polling.
    #[default]
    Update,
    /// Telegram's own ledger: no update had come.
    Ledger,
    /// The refund alone: nobody had told of the payment.
    Refund,
}

impl HeardBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Update, Self::Ledger, Self::Refund];

    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Ledger => "ledger",
            Self::Refund => "refund",
        }
    }
}

impl Payment {
    /// Whether a subscription begins with it; nothing where Telegram did not say.
    pub fn is_first(&self) -> Option<bool> {
        self.recurring.and_then(|recurring| recurring.first)
    }
}

/// What Telegram says of a payment that it will repeat.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    /// Until when the subscription is paid; the Star ledger does not say.
    pub until: Option<UnixSeconds>,
    /// Whether it is the first payment: Telegram then knows the subscription by this charge. The
    /// Star ledger does not say.
    #[serde(default)]
    pub first: Option<bool>,
}

/// What became of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The order is paid and its goods are granted.
    Granted(OrderId),
    /// One more period of a subscription is paid.
    Renewed(OrderId),
    /// The charge cannot be honoured: booked, and its refund is queued.
    Refunding(RefundReason),
    /// The charge was booked before; nothing was done.
    AlreadyBooked,
}

/// Money that went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The charge that was given back.
    pub charge: ChargeId,
    /// To whom.
    pub buyer: UserId,
    /// Amount in whole Stars.
    pub amount: Stars,
}

/// Why a charge goes back to its buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RefundReason {
    /// The order was already paid by another charge.
    PaidTwice,
    /// What was paid for could not be given any more.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The seller gave the money back.
    Seller,
    /// Telegram or a store gave it back, and the shop had not asked for it.
    TakenBack,
}

impl std::fmt::Display for RefundReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PaidTwice => f.write_str("the same was paid already"),
            Self::Refused { refusal } => refusal.fmt(f),
            Self::Seller => f.write_str("the seller gives it back"),
            Self::TakenBack => f.write_str("taken back by Telegram or a store, not by the shop"),
        }
    }
}

/// A payment that goes back to its buyer, or is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Its Stars.
    pub amount: Stars,
    /// Why; nothing where Telegram or a store gave it back.
    pub reason: Option<RefundReason>,
    /// Whether the money is back.
    pub is_back: bool,
}

/// Which purchases the seller gives back in bulk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRule {
    /// All of this product,
    pub product: ProductCode,
    /// paid then or later,
    pub since: UnixSeconds,
    /// and before this.
    pub until: UnixSeconds,
}

/// A purchase that can be given back: a paid order, or one period of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refundable {
    /// The order.
    pub order: OrderId,
    /// The charge that paid for it.
    pub charge: ChargeId,
    /// Its Stars.
    pub stars: Stars,
}
