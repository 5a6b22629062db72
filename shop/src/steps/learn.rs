//! A charge that is booked is told of again, by somebody who knows more.
//!
//! The ledger does not say which payment began a subscription, and a refund does not even say what
//! was paid for; either may come before the webhook's word.

use super::{order_of, stop_charging::stop_charging};
use crate::{
    domain::{ChargeState, Payment, UnixSeconds},
    store::{Database, Safety, StoreError, charge},
};

/// Notes what is new. Where the money is on its way back, what that charge belongs to is now known
/// better: its buyer is not to be charged again. And where it was taken for a renewal and began a
/// subscription of its own, the one before is not to be charged for as well.
pub(super) async fn learn(
    db: &Database,
    payment: &Payment,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    let order = order_of(&mut tx, &payment.payload).await?;
    let order = order.as_ref();
    if !charge::learn(&mut tx, payment).await? {
        return Ok(());
    }
    let known = charge::get(&mut tx, &payment.charge).await?;
    let is_kept = known.is_some_and(|known| known.state == ChargeState::Granted);
    let is_second = payment.is_first() == Some(true)
        && order.is_some_and(|order| order.charge.as_ref() != Some(&payment.charge));
    if !is_kept || is_second {
        stop_charging(&mut tx, payment, order, now).await?;
    }
    tx.commit().await
}
