//! Pre-checkout: may this payment go ahead?
//!
//! Decided from local state in one short transaction: one read, one write. It must be answered
//! within Telegram's 10 seconds, so that a slow database is a refusal too: no Star has moved yet,
//! and a buyer can try again.

use crate::{
    domain::{
        Order, Precheck, Refusal, Transition, UnixSeconds,
        verdict::{may_pay, order_named},
    },
    limits,
    store::{Database, Safety, StoreError, order},
};

/// Whether a payment may go ahead, and the hold kept for it.
pub(crate) async fn precheck(
    db: &Database,
    query: &Precheck,
    now: UnixSeconds,
) -> Result<Result<(), Refusal>, StoreError> {
    match tokio::time::timeout(limits::PRECHECK_WAIT, decide(db, query, now)).await {
        Ok(Err(StoreError::Database(sqlx::Error::PoolTimedOut) | StoreError::Contended))
        | Err(_) => Ok(Err(Refusal::Busy)),
        Ok(decided) => decided,
    }
}

async fn decide(
    db: &Database,
    query: &Precheck,
    now: UnixSeconds,
) -> Result<Result<(), Refusal>, StoreError> {
    let Some(id) = order_named(&query.payload) else {
        return Ok(Err(Refusal::UnknownOrder));
    };
    for _ in 0..limits::STEP_TRIES {
        // Relaxed: if the mark is lost with the machine's power, the payment that follows finds an
        // order that is open all the same.
        let mut tx = db.begin(Safety::Relaxed).await?;
        let facts = order::facts(&mut tx, id).await?;
        let (order, selling) = (
            facts.as_ref().map(|facts| &facts.order),
            facts.as_ref().map(|facts| &facts.selling),
        );
        let standing = facts.as_ref().and_then(|facts| facts.standing.as_ref());
        if let Err(refusal) = may_pay(query, order, selling, standing, now) {
            return Ok(Err(refusal));
        }
        let Some(order) = order else {
            return Ok(Err(Refusal::UnknownOrder));
        };
        if order.state.is_granted() {
            // A renewal: the order has its hold and its charge already.
            return Ok(Ok(()));
        }
        if apply(&mut tx, order, now).await? {
            tx.commit().await?;
            return Ok(Ok(()));
        }
    }
    Err(StoreError::Contended)
}

async fn apply(
    conn: &mut crate::store::Conn,
    order: &Order,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let prechecked = order
        .state
        .after(Transition::Precheck)
        .map_err(super::illegal)?;
    let until = now.plus(limits::PRECHECKED_LIFE_SECONDS);
    order::promise(conn, order.id, order.state, prechecked, now, until).await
}
