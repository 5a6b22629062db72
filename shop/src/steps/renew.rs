//! Telegram charged for one more period of a subscription.

use super::{
    rights::{self, Share},
    settle::Ended,
};
use crate::{
    domain::{
        ChargeState, Note, Payment, Period, Settled, SubscriptionState, Transfer, UnixSeconds,
    },
    store::{
        Conn, StoreError, charge, entitlement, ledger, order::OrderFacts, outbox, subscription,
    },
};

/// Books the charge, and lets the rights go on; brings them back where they had ended. What the
/// product gives since the last period is granted too.
pub(super) async fn renew(
    conn: &mut Conn,
    payment: &Payment,
    facts: &OrderFacts,
    period: Period,
    now: UnixSeconds,
) -> Result<Ended, StoreError> {
    let order = &facts.order;
    let Some(known) = subscription::get(conn, order.id).await? else {
        return Err(StoreError::corrupt("a renewal of what never began"));
    };
    let was = &known.subscription;
    // What was decided by how it stood holds no more when somebody changed it since.
    let decided_on = facts
        .standing
        .as_ref()
        .map(|standing| &standing.subscription);
    if decided_on != Some(was) {
        return Ok(Ended::Overtaken);
    }
    let Some(next) = was.with_period(period) else {
        return Ok(Ended::Overtaken);
    };
    if !subscription::save(conn, &known, &next, now).await? {
        return Ok(Ended::Overtaken);
    }
    let had_ended = was.state == SubscriptionState::Lapsed;
    if payment.is_first() == Some(true) && period.starts_at >= was.paid_until {
        // Subscribed anew by the old link: only one of the two is to be charged from now on.
        if let Some(before) = subscription::first_charge(conn, order.id).await? {
            outbox::owe_switch(conn, order.buyer, &before, None, now).await?;
        }
    }
    let granted = ChargeState::Granted;
    if !charge::insert(conn, payment, Some(order.id), granted, None, now).await? {
        return Ok(Ended::Before);
    }
    subscription::add_period(conn, order.id, &payment.charge, period).await?;
    let share = if had_ended {
        Share::Whole
    } else {
        Share::WhatIsLeft
    };
    if let Err(refusal) = rights::take_place(conn, facts, had_ended, share).await? {
        return Ok(Ended::Impossible(refusal));
    }
    let stars = charge::stars(&payment.currency, payment.amount);
    let transfer = Transfer::payment(&payment.charge, stars, granted);
    ledger::post(conn, &transfer, now).await?;
    if had_ended {
        entitlement::restore_all(conn, order.id).await?;
        // What was still on its way to the chat when the rights ended was dropped there.
        let unsent = entitlement::unsent_of(conn, order.buyer).await?;
        outbox::owe_deliveries(conn, order.buyer, unsent, now).await?;
        let title = order.title.clone();
        let about = payment.charge.as_str();
        outbox::owe_note(conn, order.buyer, about, Note::CameBack { title }, now).await?;
    }
    if let Err(refusal) = rights::grant(conn, facts, share, now).await? {
        return Ok(Ended::Impossible(refusal));
    }
    Ok(Ended::Booked(Settled::Renewed(order.id)))
}
