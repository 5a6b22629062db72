//! Who gets the money of a subscription back is not to be charged for it again.

use crate::{
    domain::{ChargeId, Order, Payment, RefundReason, UnixSeconds},
    store::{Conn, StoreError, charge, order::OrderFacts, outbox, subscription},
};

/// Owes Telegram the word to charge no more for what a payment, which goes back, belongs to.
pub(super) async fn stop_charging(
    conn: &mut Conn,
    payment: &Payment,
    facts: Option<&OrderFacts>,
    reason: &RefundReason,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let order = facts.map(|facts| &facts.order);
    if payment.recurring.is_none() && !order.is_some_and(|order| order.term.renews()) {
        return Ok(());
    }
    let began = match order {
        Some(order) => beginnings(conn, payment, order, reason).await?,
        None => vec![payment.charge.clone()],
    };
    for charge in began {
        outbox::owe_switch(conn, payment.buyer, &charge, None, now).await?;
    }
    Ok(())
}

/// The first charge of the subscription that a payment belongs to, by which Telegram knows it; of
/// several that it may be, all.
async fn beginnings(
    conn: &mut Conn,
    payment: &Payment,
    order: &Order,
    reason: &RefundReason,
) -> Result<Vec<ChargeId>, StoreError> {
    let twice = *reason == RefundReason::PaidTwice;
    // Where nobody said: what is paid in the midst of a paid time begins one.
    if payment.is_first().unwrap_or(twice) {
        return Ok(vec![payment.charge.clone()]);
    }
    let ours = if payment.buyer == order.buyer {
        subscription::first_charge(conn, order.id).await?
    } else {
        None
    };
    if let (Some(ours), false) = (&ours, twice) {
        return Ok(vec![ours.clone()]);
    }
    // A renewal of another one, which the same invoice began and which was not stopped in time.
    let mut others = charge::firsts(conn, order.id, payment.buyer).await?;
    others.retain(|charge| Some(charge) != ours.as_ref());
    if others.is_empty() {
        others.push(ours.unwrap_or_else(|| payment.charge.clone()));
    }
    Ok(others)
}
