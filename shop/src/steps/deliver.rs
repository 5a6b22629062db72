//! Bookkeeping of deliveries. The entitlement is exactly once; messages are at least once.

use crate::{
    domain::{Buyer, EntitlementId, OrderId, Transition, UnixSeconds, UserId},
    store::{Conn, Database, Safety, StoreError, buyer, entitlement, order, outbox, sent_file},
};

/// Notes that a benefit was sent. Gives the order when nothing of it is left to send.
pub(crate) async fn mark_sent(
    db: &Database,
    id: EntitlementId,
    file_id: Option<&str>,
    now: UnixSeconds,
) -> Result<Option<OrderId>, StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    let sent_of = entitlement::mark_sent(&mut tx, id, now).await?;
    if let Some(file_id) = file_id {
        sent_file::keep(&mut tx, id, file_id).await?;
    }
    let mut delivered = None;
    if let Some(order) = sent_of
        && entitlement::all_sent(&mut tx, order).await?
        && let Some(state) = order::state(&mut tx, order).await?
        && let Ok(next) = state.after(Transition::Deliver)
        && order::advance(&mut tx, order, state, next).await?
    {
        delivered = Some(order);
    }
    tx.commit().await?;
    Ok(delivered)
}

/// Owes a benefit once more. False when it is not the buyer's, or not any more.
pub(crate) async fn send_again(
    db: &Database,
    id: EntitlementId,
    buyer: UserId,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    if !entitlement::is_good(&mut tx, id, buyer).await? {
        return Ok(false);
    }
    outbox::owe_deliveries(&mut tx, buyer, [id], now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Remembers a buyer, or what is new about one. Who lets the bot write from now on is owed what waited
/// for that.
pub(crate) async fn remember(db: &Database, new: &Buyer) -> Result<(), StoreError> {
    let known = buyer::get(&mut *db.read().await?, new.id).await?;
    let could = known.is_some_and(|known| known.can_write);
    if !new.can_write || could {
        // Relaxed: the next launch tells the same again.
        let mut tx = db.begin(Safety::Relaxed).await?;
        buyer::remember(&mut tx, new).await?;
        return tx.commit().await;
    }
    let mut tx = db.begin(Safety::Durable).await?;
    buyer::remember(&mut tx, new).await?;
    owe_what_waited(&mut tx, new.id, new.seen_at).await?;
    tx.commit().await
}

/// Keeps whether the bot may write to a buyer; once it may, what waited for that is owed.
pub(crate) async fn set_can_write(
    db: &Database,
    id: UserId,
    can: bool,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    buyer::set_can_write(&mut tx, id, can).await?;
    if can {
        owe_what_waited(&mut tx, id, now).await?;
    }
    tx.commit().await
}

/// Goods that were never sent, and words that were parked.
async fn owe_what_waited(conn: &mut Conn, to: UserId, now: UnixSeconds) -> Result<(), StoreError> {
    let unsent = entitlement::unsent_of(conn, to).await?;
    outbox::owe_deliveries(conn, to, unsent, now).await?;
    outbox::owe_parked(conn, to, now).await
}
