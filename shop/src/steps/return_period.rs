//! The money of one period of a subscription went back.

use super::{rights, subscribe::owe_switch};
use crate::{
    domain::{
        ChargeId, Occasion, OrderId, Period, Subscription, SubscriptionChange, SubscriptionState,
        UnixSeconds,
    },
    store::{Conn, StoreError, event, subscription},
};

/// What is left of a subscription after one of its charges went back.
pub(super) enum Left {
    /// The charge paid for no period.
    NotPaid,
    /// Another writer was faster.
    Overtaken,
    /// Other periods are paid; the rights may have ended all the same.
    Some,
    /// Nothing: the whole order is given back.
    Nothing,
}

/// Takes back what a charge paid for, and stops the renewal: who got money back is not charged
/// again by surprise.
pub(super) async fn return_period(
    conn: &mut Conn,
    order: OrderId,
    charge: &ChargeId,
    now: UnixSeconds,
) -> Result<Left, StoreError> {
    let Some(known) = subscription::get(conn, order).await? else {
        return Ok(Left::NotPaid);
    };
    let Some(returned) = subscription::end_period(conn, charge, now).await? else {
        return Ok(Left::NotPaid);
    };
    let was = &known.subscription;
    let paid = subscription::periods(conn, order).await?;
    let paid_until = paid.iter().map(|period| period.ends_at).max();
    let mut next = after_return(was, paid_until, now);
    if was.state == SubscriptionState::Changed
        && let Some(heir) = subscription::credited(conn, order).await?
    {
        // What went over is less by this, and no more: money that goes back later is reckoned from here.
        next.paid_until = was.without(returned, heir.began_at).paid_until;
    }
    if !subscription::save(conn, &known, &next, now).await? {
        return Ok(Left::Overtaken);
    }
    if was.state.is_running() && !next.state.is_running() {
        rights::end(conn, order, was.buyer, &was.product, now).await?;
    }
    tell_of_stop(conn, was, &next, now).await?;
    if was.state == SubscriptionState::Changed && !withdraw_credit(conn, was, returned, now).await?
    {
        return Ok(Left::Overtaken);
    }
    Ok(match next.state {
        SubscriptionState::Refunded => Left::Nothing,
        _ => Left::Some,
    })
}

/// Stops the renewal of what a charge paid for, since its money is to go back: Telegram may charge
/// again before it does. False when another writer was faster.
pub(super) async fn stop_renewal(
    conn: &mut Conn,
    order: OrderId,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let Some(known) = subscription::get(conn, order).await? else {
        return Ok(true);
    };
    let was = &known.subscription;
    let next = was.stopped_for_refund();
    if next == *was {
        return Ok(true);
    }
    if !subscription::save(conn, &known, &next, now).await? {
        return Ok(false);
    }
    tell_of_stop(conn, was, &next, now).await?;
    Ok(true)
}

/// A refund stops a renewal: the story keeps it, and Telegram is told.
async fn tell_of_stop(
    conn: &mut Conn,
    was: &Subscription,
    next: &Subscription,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    if was.stopped_by.is_none() && next.stopped_by.is_some() {
        event::note(conn, &[(was.order, Occasion::StoppedByRefund)], now).await?;
    }
    if !was.is_stopped_by_shop() && next.is_stopped_by_shop() {
        owe_switch(conn, next, now).await?;
    }
    Ok(())
}

/// The subscription without the period, where the rest is paid until then.
fn after_return(
    was: &Subscription,
    paid_until: Option<UnixSeconds>,
    now: UnixSeconds,
) -> Subscription {
    let mut next = was.stopped_for_refund();
    let change = match paid_until {
        None => Some(SubscriptionChange::Refund),
        Some(until) => {
            next.paid_until = until;
            (next.ends_at() <= now).then_some(SubscriptionChange::Lapse)
        }
    };
    if let Some(state) = change.and_then(|change| next.state.after(change)) {
        next.state = state;
    }
    next
}

/// What was left of this plan went over to another one, and from there perhaps to a third: money
/// that is back is worth nothing there. Time that was over before the change went nowhere. False
/// when another writer was faster.
async fn withdraw_credit(
    conn: &mut Conn,
    changed: &Subscription,
    returned: Period,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let (mut thought, mut is) = (changed.clone(), None);
    while let Some(heir) = subscription::credited(conn, thought.order).await? {
        let then = heir.began_at;
        let less = is.unwrap_or_else(|| thought.without(returned, then));
        let next = heir.subscription.with_less_credit(&thought, &less, then);
        if next == heir.subscription {
            break;
        }
        if !subscription::save(conn, &heir, &next, now).await? {
            return Ok(false);
        }
        let seconds = heir.subscription.credit - next.credit;
        let lost = Occasion::CreditLost { seconds };
        event::note(conn, &[(next.order, lost)], now).await?;
        (thought, is) = (heir.subscription, Some(next));
    }
    Ok(true)
}
