//! Who gets the money of a subscription back is not to be charged for it again.

use crate::{
    domain::{Order, Payment, UnixSeconds},
    store::{Conn, StoreError, outbox},
};

/// Owes Telegram the word to charge no more for what a payment, which goes back, belongs to. Which
/// subscription that is, is found out when it is told: the first payment of it may be heard of last.
pub(super) async fn stop_charging(
    conn: &mut Conn,
    payment: &Payment,
    order: Option<&Order>,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    if payment.recurring.is_none() && !order.is_some_and(|order| order.term.renews()) {
        return Ok(());
    }
    outbox::owe_switch(conn, payment.buyer, &payment.charge, None, now).await
}
