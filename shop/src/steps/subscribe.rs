//! A paid order begins rights for a time, in place of those that the buyer has of the product.

use super::rights;
use crate::{
    domain::{
        Occasion, Order, OrderId, Payment, Period, Subscription, SubscriptionChange,
        SubscriptionState, UnixSeconds,
    },
    store::{Conn, StoreError, event, lock, order::OrderFacts, outbox, subscription},
};

/// Ends what the buyer has of the product by other orders, and what may come back by a renewal:
/// the new order takes its place. Gives what was left of it, in seconds of the new term. Nothing
/// when another writer was faster.
pub(super) async fn supersede(
    conn: &mut Conn,
    facts: &OrderFacts,
    now: UnixSeconds,
) -> Result<Option<Credit>, StoreError> {
    let order = &facts.order;
    // Two plans that are paid in one moment must see each other: one of them gives way.
    let may_differ = lock::rights(conn, order.buyer, &order.product).await?;
    let mut credit = Credit::default();
    if facts.alive == 0 && !may_differ {
        return Ok(Some(credit));
    }
    for old in subscription::alive(conn, order.buyer, &order.product, order.id).await? {
        let was = &old.subscription;
        let Some(state) = was.state.after(SubscriptionChange::Change) else {
            continue;
        };
        let next = Subscription {
            state,
            ..was.clone()
        };
        if !subscription::save(conn, &old, &next, now).await? {
            return Ok(None);
        }
        owe_switch(conn, was, now).await?;
        if was.state.is_running() {
            rights::end(conn, was.order, was.buyer, &was.product, now).await?;
            credit.seconds += was.credit_for(order.asked(), order.term, now);
            credit.from = Some(was.order);
        }
    }
    Ok(Some(credit))
}

/// What is left of the plan before.
#[derive(Debug, Default)]
pub(super) struct Credit {
    seconds: i64,
    from: Option<OrderId>,
}

/// Stores the rights that a charge began.
pub(super) async fn begin(
    conn: &mut Conn,
    order: &Order,
    payment: &Payment,
    credit: &Credit,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let until = payment.recurring.and_then(|recurring| recurring.until);
    // Telegram counts the time of a subscription from its payment. A pass is the shop's own: one
    // whose payment was found late begins when it is given.
    let from = if order.term.renews() {
        payment.paid_at
    } else {
        payment.paid_at.max(now)
    };
    let Some(period) = Period::paid(order.term, from, until) else {
        return Ok(());
    };
    let new = Subscription {
        order: order.id,
        buyer: order.buyer,
        product: order.product.clone(),
        title: order.title.clone(),
        price: order.price,
        list_price: order.asked(),
        term: order.term,
        state: SubscriptionState::Active,
        stopped_by: None,
        paid_until: period.ends_at,
        credit: credit.seconds,
        reminded_of: None,
    };
    subscription::insert(conn, &new, credit.from, now).await?;
    if let (Some(from), seconds @ 1..) = (credit.from, credit.seconds) {
        let (taken, to) = (Occasion::CreditTaken { seconds, from }, order.id);
        let given = Occasion::CreditGiven { seconds, to };
        event::note(conn, &[(order.id, taken), (from, given)], now).await?;
    }
    subscription::add_period(conn, order.id, &payment.charge, period).await
}

/// Owes Telegram the word whether it may charge again, where it renews at all.
pub(super) async fn owe_switch(
    conn: &mut Conn,
    of: &Subscription,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    if !of.term.renews() {
        return Ok(());
    }
    let Some(charge) = subscription::first_charge(conn, of.order).await? else {
        return Ok(());
    };
    outbox::owe_switch(conn, of.buyer, &charge, Some(of.order), now).await
}
