//! What a paid order gives, and what becomes of it.

use crate::{
    domain::{EntitlementId, Order, OrderId, ProductCode, Refusal, UnixSeconds, UserId},
    store::{
        Conn, StoreError, allowance, benefit, code, copy, entitlement, hold, ids,
        order::OrderFacts, outbox, promo,
    },
};

/// Takes the place that an order lost when it expired or lapsed, and places in pools that are new
/// since. The refusal says that there is none left: the transaction must then be dropped.
pub(super) async fn take_place(
    conn: &mut Conn,
    facts: &OrderFacts,
    was_lost: bool,
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
    if !hold::take(conn, order.id, &order.product, facts.unheld).await? {
        return Ok(Err(Refusal::SoldOut));
    }
    Ok(Ok(()))
}

/// Grants what the product gives now and the order has not given yet, and owes it to the chat.
/// Refused as sold out when a code is not to be had.
pub(super) async fn grant(
    conn: &mut Conn,
    order: &Order,
    now: UnixSeconds,
) -> Result<Result<(), Refusal>, StoreError> {
    let known = entitlement::benefits_of(conn, order.id).await?;
    let mut benefits = benefit::grantable(conn, &order.product).await?;
    benefits.retain(|benefit| !known.contains(&benefit.id));
    let rights: Vec<(EntitlementId, &str)> = benefits
        .iter()
        .map(|benefit| (ids::entitlement(), benefit.id.as_str()))
        .collect();
    entitlement::grant(conn, order, &rights, now).await?;
    // The number before the codes: the order in which all take what they lock.
    copy::give(conn, order.id, &order.product).await?;
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
