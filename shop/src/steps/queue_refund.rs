//! The seller gives the money for an order back.

use crate::{
    domain::{ChargeState, OrderId, RefundReason, Transfer, UnixSeconds},
    limits,
    store::{Database, Safety, StoreError, charge, ledger, order, outbox, subscription},
};

/// Owes the refund of a paid order. False when there is nothing to give back: it is not paid, or
/// the refund is on its way. The goods stay with the buyer until the money is back.
pub(crate) async fn queue_refund(
    db: &Database,
    id: OrderId,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let order = order::get(&mut tx, id).await?;
        let Some(order) = order.filter(|order| order.state.is_granted()) else {
            return Ok(false);
        };
        // Of a subscription, the last period that was paid: earlier ones were had.
        let last = subscription::last_charge(&mut tx, id).await?;
        let Some(charge) = last.or(order.charge) else {
            return Ok(false);
        };
        let Some(charge) = charge::get(&mut tx, &charge).await? else {
            return Err(StoreError::corrupt("a paid order without its charge"));
        };
        if charge.state != ChargeState::Granted {
            return Ok(false);
        }
        let reason = Some(&RefundReason::Seller);
        if !charge::advance(&mut tx, &charge, ChargeState::Refunding, reason, now).await? {
            continue;
        }
        ledger::post(&mut tx, &Transfer::promise(&charge.id, charge.stars), now).await?;
        outbox::owe_refund(&mut tx, charge.buyer, &charge.id, now).await?;
        tx.commit().await?;
        return Ok(true);
    }
    Err(StoreError::Contended)
}
