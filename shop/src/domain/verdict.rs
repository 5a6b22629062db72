//! What the shop decides about orders and payments: pure functions from a snapshot of facts.
//!
//! The steps gather the facts and write down what was decided; nothing is decided elsewhere.

use super::{
    NewOrder, Order, OrderState, Payment, Precheck, RefundReason, Refusal, Stars, Transition,
    UnixSeconds, ids::OrderId,
};

/// Telegram's currency code of Stars, the only one for digital goods.
pub const STARS_CURRENCY: &str = "XTR";

/// What the shop says about an offer at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selling {
    /// Whether the seller paused all sales.
    pub paused: bool,
    /// Whether product and offer are in the catalogue.
    pub live: bool,
    /// The offer's price.
    pub price: Stars,
}

/// Whether an order may be opened, as far as it does not depend on stock.
///
/// # Errors
/// The reason to refuse.
pub fn may_open(new: &NewOrder, selling: Option<&Selling>) -> Result<(), Refusal> {
    may_sell(selling, new.seen_price)
}

/// Whether a payment may go ahead. Stock needs no look: an open order holds its copy.
///
/// # Errors
/// The reason to refuse; when several hold, the one that helps the buyer most.
pub fn may_pay(
    query: &Precheck,
    order: Option<&Order>,
    selling: Option<&Selling>,
    now: UnixSeconds,
) -> Result<(), Refusal> {
    let order = order.ok_or(Refusal::UnknownOrder)?;
    if order.buyer != query.buyer {
        return Err(Refusal::AnotherBuyer);
    }
    match order.state {
        OrderState::Opened | OrderState::Prechecked => {}
        OrderState::Paid | OrderState::Delivered => return Err(Refusal::AlreadyPaid),
        OrderState::Expired | OrderState::Refunded => return Err(Refusal::OrderExpired),
    }
    if order.expires_at <= now {
        return Err(Refusal::OrderExpired);
    }
    if !is_price(&query.currency, query.amount, order.price) {
        return Err(Refusal::WrongAmount);
    }
    may_sell(selling, order.price)
}

/// What is to become of a charge: there are two ends only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The goods are the buyer's, by this transition of the order.
    Grant(Transition),
    /// The money goes back.
    GiveBack(RefundReason),
}

/// Decides about a charge. The money has moved already, so a paused shop or a new price is no
/// reason against it any more: the shop said go ahead, or would have had to.
pub fn claim(payment: &Payment, order: Option<&Order>, live: bool) -> Claim {
    let refuse = |refusal| Claim::GiveBack(RefundReason::Refused { refusal });
    let Some(order) = order else {
        return refuse(Refusal::UnknownOrder);
    };
    if order.buyer != payment.buyer {
        return refuse(Refusal::AnotherBuyer);
    }
    if !is_price(&payment.currency, payment.amount, order.price) {
        return refuse(Refusal::WrongAmount);
    }
    match order.state {
        OrderState::Opened | OrderState::Prechecked => Claim::Grant(Transition::Pay),
        OrderState::Expired if live => Claim::Grant(Transition::PayLate),
        OrderState::Expired => refuse(Refusal::NotForSale),
        OrderState::Paid | OrderState::Delivered | OrderState::Refunded => {
            Claim::GiveBack(RefundReason::PaidTwice)
        }
    }
}

/// The order that a payload names, if it is the id of one at all.
pub fn order_named(payload: &str) -> Option<OrderId> {
    payload.parse().ok()
}

fn may_sell(selling: Option<&Selling>, agreed: Stars) -> Result<(), Refusal> {
    let selling = selling.ok_or(Refusal::NotForSale)?;
    if selling.paused {
        return Err(Refusal::ShopPaused);
    }
    if !selling.live {
        return Err(Refusal::NotForSale);
    }
    if selling.price != agreed {
        return Err(Refusal::PriceChanged { now: selling.price });
    }
    Ok(())
}

fn is_price(currency: &str, amount: i64, price: Stars) -> bool {
    currency == STARS_CURRENCY && u64::try_from(amount) == Ok(price.0)
}

#[cfg(test)]
mod tests;
