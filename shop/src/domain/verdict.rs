//! What the shop decides about orders and payments: pure functions from a snapshot of facts.
//!
//! The steps gather the facts and write down what was decided; nothing is decided elsewhere.

use super::{
    NewOrder, Order, OrderState, Payment, Period, Precheck, RefundReason, Refusal, Standing, Stars,
    Transition, UnixSeconds, ids::OrderId,
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
    /// Whether the buyer has this very subscription by another order, and it renews.
    pub subscribed: bool,
}

/// Whether an order may be opened, as far as it does not depend on stock.
///
/// # Errors
/// The reason to refuse.
pub fn may_open(new: &NewOrder, selling: Option<&Selling>) -> Result<(), Refusal> {
    may_sell(selling, new.seen_price)?;
    once_at_a_time(selling)
}

/// Whether a payment may go ahead. Stock needs no look: an open order holds its copy.
///
/// Nobody has written down whether Telegram asks before it renews a subscription, so a paid order
/// of one is answered too: with yes where a period is due, or soon will be, whatever the shop sells
/// by now.
///
/// # Errors
/// The reason to refuse; when several hold, the one that helps the buyer most.
pub fn may_pay(
    query: &Precheck,
    order: Option<&Order>,
    selling: Option<&Selling>,
    standing: Option<&Standing>,
    now: UnixSeconds,
) -> Result<(), Refusal> {
    let order = order.ok_or(Refusal::UnknownOrder)?;
    if order.buyer != query.buyer {
        return Err(Refusal::AnotherBuyer);
    }
    match order.state {
        OrderState::Opened | OrderState::Prechecked => {}
        OrderState::Paid | OrderState::Delivered => {
            let due = Period::paid(order.term, now, None).zip(standing);
            let (period, standing) = due.ok_or(Refusal::AlreadyPaid)?;
            standing.takes(period, None)?;
            return if is_price(&query.currency, query.amount, order.price) {
                Ok(())
            } else {
                Err(Refusal::WrongAmount)
            };
        }
        OrderState::Expired | OrderState::Refunded => return Err(Refusal::OrderExpired),
    }
    if order.expires_at <= now {
        return Err(Refusal::OrderExpired);
    }
    if !is_price(&query.currency, query.amount, order.price) {
        return Err(Refusal::WrongAmount);
    }
    // An order keeps what its promo code took off; the offer itself must stand as it did.
    may_sell(selling, order.asked())?;
    once_at_a_time(selling)
}

/// What is to become of a charge: there are two ends only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The goods are the buyer's, by this transition of the order.
    Grant(Transition),
    /// The order's subscription goes on for this period.
    Renew(Period),
    /// The money goes back.
    GiveBack(RefundReason),
}

/// Decides about a charge. The money has moved already, so a paused shop or a new price is no
/// reason against it any more: the shop said go ahead, or would have had to.
pub fn claim(
    payment: &Payment,
    order: Option<&Order>,
    live: bool,
    standing: Option<&Standing>,
) -> Claim {
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
            let until = payment.recurring.and_then(|recurring| recurring.until);
            let period = Period::paid(order.term, payment.paid_at, until);
            match period.zip(standing) {
                Some((period, standing)) => match standing.takes(period, payment.is_first()) {
                    Ok(()) => Claim::Renew(period),
                    Err(Refusal::AlreadyPaid) => Claim::GiveBack(RefundReason::PaidTwice),
                    Err(refusal) => refuse(refusal),
                },
                None => Claim::GiveBack(RefundReason::PaidTwice),
            }
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

fn once_at_a_time(selling: Option<&Selling>) -> Result<(), Refusal> {
    if selling.is_some_and(|selling| selling.subscribed) {
        return Err(Refusal::AlreadySubscribed);
    }
    Ok(())
}

fn is_price(currency: &str, amount: i64, price: Stars) -> bool {
    currency == STARS_CURRENCY && u64::try_from(amount) == Ok(price.0)
}

#[cfg(test)]
mod tests;
