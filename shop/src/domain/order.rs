//! An order: a buyer's intent, stored before any invoice exists.

use serde::{Deserialize, Serialize};

use super::{
    ChargeId, OfferCode, OrderId, ProductCode, PromoCode, Stars, Term, UnixSeconds, UserId,
};

/// What a buyer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// Who asks.
    pub buyer: UserId,
    /// What.
    pub product: ProductCode,
    /// At which offer.
    pub offer: OfferCode,
    /// The price that the buyer saw. Another one now is refused: the client is never believed.
    pub seen_price: Stars,
    /// The promo code that was typed; the price seen is the one with it.
    pub promo: Option<PromoCode>,
    /// The buyer's language, for the title kept with the order.
    pub language: String,
}

impl Order {
    /// The price that the shop asked when it was opened, without a promo code.
    pub fn asked(&self) -> Stars {
        self.list_price.unwrap_or(self.price)
    }
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Stored, stock held, invoice link made or about to be.
    Opened,
    /// The shop told Telegram to go ahead; the money may move now.
    Prechecked,
    /// Settled: the goods are the buyer's, messages are on their way.
    Paid,
    /// All goods have also been sent in the chat.
    Delivered,
    /// Not paid in time; what was held is free again.
    Expired,
    /// Paid and given back, by seller, by rule or by store.
    Refunded,
}

/// An order as stored. Title and price are the ones that the buyer agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id, which is the invoice payload.
    pub id: OrderId,
    /// Whose it is.
    pub buyer: UserId,
    /// What was ordered.
    pub product: ProductCode,
    /// At which offer.
    pub offer: OfferCode,
    /// The product's title then, in the buyer's language.
    pub title: String,
    /// The price then: what is paid, with the promo code taken off.
    pub price: Stars,
    /// The promo code that it was opened with.
    #[serde(default)]
    pub promo: Option<PromoCode>,
    /// The price without the promo code, where there is one.
    #[serde(default)]
    pub list_price: Option<Stars>,
    /// For how long a payment gives the goods.
    pub term: Term,
    /// How far it has come.
    pub state: OrderState,
    /// When it was opened.
    pub opened_at: UnixSeconds,
    /// Until when it can be paid.
    pub expires_at: UnixSeconds,
    /// When it was paid.
    pub paid_at: Option<UnixSeconds>,
    /// The charge that paid it.
    pub charge: Option<ChargeId>,
    /// The invoice link, once made.
    pub invoice_link: Option<String>,
}
