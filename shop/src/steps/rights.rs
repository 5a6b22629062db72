//! What a paid order gives, and what becomes of it.

use crate::{
    domain::{EntitlementId, OrderId, ProductCode, Refusal, UnixSeconds, UserId},
    store::{
        Conn, StoreError, allowance, benefit, code, copy, entitlement, hold, ids,
        order::OrderFacts, outbox, promo,
    },
};

/// What an order is given of pools that it holds nothing of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// Of each of them, or its payment goes back.
    Whole,
    /// Of those where something is left. What a seller adds for subscribers must not end what they
    /// pay for when it runs out; who got none gets it with a later period, when there is more.
    WhatIsLeft,
}

/// Takes the place that an order lost when it expired or lapsed, and places in pools that are new
/// since. The refusal says that there is none left: the transaction must then be dropped.
pub(super) async fn take_place(
    conn: &mut Conn,
    facts: &OrderFacts,
    was_lost: bool,
    share: Share,
) -> Result<Result<(), Refusal>, StoreError> {
    let order = &facts.order;
    // The use of a promo code too: a seller's bound on uses is a bound, so one that went to another
    // ends as a copy that did.
    if was_lost && let Some(code) = &order.promo {
        if let Err(refusal) = promo::take(conn, code, order.buyer).await? {
            return Ok(Err(refusal));
        }
        promo::note(conn, order.id, code, order.buyer).await?;
    }
    if was_lost && !allowance::take(conn, order.buyer, &order.product, facts.per_buyer).await? {
        return Ok(Err(Refusal::BuyerLimit));
    }
    let taken = hold::take(conn, order.id, &order.product, facts.unheld).await?;
    if share == Share::Whole && taken != facts.unheld {
        return Ok(Err(Refusal::SoldOut));
    }
    Ok(Ok(()))
}

/// Grants what the product gives now and the order has not given yet, and owes it to the chat.
/// Refused as sold out when a code is not to be had.
pub(super) async fn grant(
    conn: &mut Conn,
    facts: &OrderFacts,
    share: Share,
    now: UnixSeconds,
) -> Result<Result<(), Refusal>, StoreError> {
    let order = &facts.order;
    let mut benefits = benefit::grantable(conn, order).await?;
    if share == Share::WhatIsLeft && benefits.iter().any(|benefit| benefit.is_code) {
        let held = hold::benefits(conn, order.id).await?;
        benefits.retain(|benefit| !benefit.is_code || held.contains(&benefit.id));
    }
    let rights: Vec<(EntitlementId, &str)> = benefits
        .iter()
        .map(|benefit| (ids::entitlement(), benefit.id.as_str()))
        .collect();
    entitlement::grant(conn, order, &rights, now).await?;
    // The number before the codes: the order in which all take what they lock.
    if facts.numbered {
        copy::give(conn, order.id, &order.product).await?;
    }
    for (benefit, (right, _)) in benefits.iter().zip(&rights).filter(|(b, _)| b.is_code) {
        if !code::give(conn, &benefit.id, *right).await? {
            return Ok(Err(Refusal::SoldOut));
        }
    }
    let rights = rights.iter().map(|(right, _)| *right);
    outbox::owe_deliveries(conn, order.buyer, rights, now).await?;
    Ok(Ok(()))
}

/// Takes the goods of an order back, and frees its place for others.
pub(super) async fn end(
    conn: &mut Conn,
    order: OrderId,
    buyer: UserId,
    product: &ProductCode,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    entitlement::revoke_all(conn, order, now).await?;
    allowance::give_back(conn, buyer, product).await?;
    hold::release(conn, order, hold::Release::Editions).await?;
    copy::release(conn, order).await
}
