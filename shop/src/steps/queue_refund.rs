//! The seller gives the money for an order back.

use super::return_period::stop_renewal;
use crate::{
    domain::{ChargeId, ChargeState, OrderId, RefundReason, Transfer, UnixSeconds},
    limits,
    store::{Database, Safety, StoreError, charge, ledger, order, outbox, subscription},
};

/// Owes the refund of a paid order; of a subscription, of the last period that was paid: earlier
/// ones were had. False when there is nothing to give back: it is not paid, or the refund is on its
/// way. The goods stay with the buyer until the money is back, or their paid time is over.
pub(crate) async fn refund_order(
    db: &Database,
    id: OrderId,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let mut reader = db.read().await?;
    let order = order::get(&mut reader, id).await?;
    let Some(order) = order.filter(|order| order.state.is_granted()) else {
        return Ok(false);
    };
    let last = subscription::last_charge(&mut reader, id).await?;
    drop(reader);
    match last.or(order.charge) {
        Some(charge) => refund_charge(db, &charge, now).await,
        None => Ok(false),
    }
}

/// Owes the refund of a charge that granted something, and stops the renewal of what it paid for.
/// False when it did not, or when its refund is on its way.
pub(crate) async fn refund_charge(
    db: &Database,
    id: &ChargeId,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let charge = charge::get(&mut tx, id).await?;
        let Some(charge) = charge.filter(|charge| charge.state == ChargeState::Granted) else {
            return Ok(false);
        };
        let reason = Some(&RefundReason::Seller);
        if !charge::advance(&mut tx, &charge, ChargeState::Refunding, reason, now).await? {
            continue;
        }
        if let Some(order) = charge.order
            && !stop_renewal(&mut tx, order, now).await?
        {
            continue;
        }
        ledger::post(&mut tx, &Transfer::promise(&charge.id, charge.stars), now).await?;
        outbox::owe_refund(&mut tx, charge.buyer, &charge.id, now).await?;
        tx.commit().await?;
        return Ok(true);
    }
    Err(StoreError::Contended)
}
