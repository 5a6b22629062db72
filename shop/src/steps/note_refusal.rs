//! A payment was refused before it was made: kept for the story of its order.

use crate::{
    domain::{Occasion, Precheck, Refusal, UnixSeconds, verdict::order_named},
    store::{Database, Safety, StoreError, event, order},
};

/// Keeps the refusal, one of the last few of its order. One that names no order of ours has no
/// story.
pub(crate) async fn note_refusal(
    db: &Database,
    query: &Precheck,
    refusal: &Refusal,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let Some(id) = order_named(&query.payload) else {
        return Ok(());
    };
    if order::state(&mut *db.read().await?, id).await?.is_none() {
        return Ok(());
    }
    let (buyer, refusal) = (query.buyer, refusal.clone());
    let refused = Occasion::Refused { buyer, refusal };
    // Relaxed: nothing is decided by it.
    let mut tx = db.begin(Safety::Relaxed).await?;
    event::note(&mut tx, &[(id, refused.clone())], now).await?;
    event::forget_all_but_the_last(&mut tx, id, &refused).await?;
    tx.commit().await
}
