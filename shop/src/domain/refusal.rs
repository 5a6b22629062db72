//! Why the shop says no to an order or to a payment that is about to happen.

use serde::{Deserialize, Serialize};

use super::Stars;

/// A reason to refuse, told to the buyer before any Star moves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The seller has paused the shop.
    #[error("the shop is paused")]
    ShopPaused,
    /// No such product or offer, or it is not for sale any more.
    #[error("the product is not for sale")]
    NotForSale,
    /// Stock or codes have run out.
    #[error("sold out")]
    SoldOut,
    /// The offer's price is another one now.
    #[error("the price has changed to {now} Stars")]
    PriceChanged {
        /// The price that holds now.
        now: Stars,
    },
    /// The buyer has as many as one person may have.
    #[error("the buyer already has the most that one person may buy")]
    BuyerLimit,
    /// The buyer has this subscription, and it renews by itself.
    #[error("the buyer is subscribed already")]
    AlreadySubscribed,
    /// The subscription was given back or changed for another plan.
    #[error("the subscription has ended")]
    SubscriptionEnded,
    /// The renewal of the subscription was stopped in the shop, by its buyer or the seller.
    #[error("the renewal was stopped")]
    SubscriptionStopped,
    /// There is no such promo code.
    #[error("no such promo code")]
    PromoUnknown,
    /// The promo code's time has not come.
    #[error("the promo code is not good yet")]
    PromoNotYet,
    /// The promo code's time is over.
    #[error("the promo code is not good any more")]
    PromoOver,
    /// The promo code was used as often as it is good for.
    #[error("the promo code is used up")]
    PromoUsedUp,
    /// The buyer used the promo code as often as one person may.
    #[error("the buyer has used the promo code already")]
    PromoUsed,
    /// The promo code is not for this product, or gives nothing off its price.
    #[error("the promo code is not for this product")]
    PromoNotHere,
    /// The offer is one that Telegram renews, at one price for good.
    #[error("a promo code does not go with a subscription")]
    PromoNotRenewing,
    /// The order is too old to be paid.
    #[error("the order has expired")]
    OrderExpired,
    /// The order has been paid.
    #[error("the order is already paid")]
    AlreadyPaid,
    /// The payload names no order of this shop.
    #[error("no such order")]
    UnknownOrder,
    /// The order belongs to somebody else.
    #[error("the order belongs to another buyer")]
    AnotherBuyer,
    /// Amount or currency is not the order's.
    #[error("the amount is not the order's")]
    WrongAmount,
    /// The shop cannot tell just now; a try in a minute may go through.
    #[error("the shop is busy")]
    Busy,
}

impl Refusal {
    /// The stable code for logs, metrics and clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ShopPaused => "shop_paused",
            Self::NotForSale => "not_for_sale",
            Self::SoldOut => "sold_out",
            Self::PriceChanged { .. } => "price_changed",
            Self::BuyerLimit => "buyer_limit",
            Self::AlreadySubscribed => "already_subscribed",
            Self::SubscriptionEnded => "subscription_ended",
            Self::SubscriptionStopped => "subscription_stopped",
            Self::PromoUnknown => "promo_unknown",
            Self::PromoNotYet => "promo_not_yet",
            Self::PromoOver => "promo_over",
            Self::PromoUsedUp => "promo_used_up",
            Self::PromoUsed => "promo_used",
            Self::PromoNotHere => "promo_not_here",
            Self::PromoNotRenewing => "promo_not_renewing",
            Self::OrderExpired => "order_expired",
            Self::AlreadyPaid => "already_paid",
            Self::UnknownOrder => "unknown_order",
            Self::AnotherBuyer => "another_buyer",
            Self::WrongAmount => "wrong_amount",
            Self::Busy => "busy",
        }
    }
}
