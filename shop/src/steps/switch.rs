//! Which of Telegram's subscriptions the word about charging again is for.
//!
//! Telegram knows a subscription by the charge that began it. A webhook says of a charge whether it
//! began one, the ledger does not, and a bot may have sold before this shop did. So where nobody said,
//! Telegram is asked about each charge of the same buyer and invoice that may be the one.

use super::order_of;
use crate::{
    domain::{ChargeId, OrderId, Subscription, UserId},
    store::{Conn, StoreError, charge, star_row, subscription},
};

/// What Telegram is to be told, by our books of this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Whether it may charge no more.
    pub stopped: bool,
    /// The charges that may have begun what is meant, the likeliest first. All that Telegram knows
    /// are to be stopped; the first that it knows is the one to be allowed.
    pub charges: Vec<ChargeId>,
    /// Whether it is no trouble that Telegram knows none of them: the charge may belong to a
    /// subscription that goes on.
    pub may_go_on: bool,
}

/// What an effect of the outbox means by now: a charge, who paid it, and the order that began the
/// subscription where that is to do as the books say.
pub(crate) async fn switch(
    conn: &mut Conn,
    meant: &ChargeId,
    buyer: UserId,
    order: Option<OrderId>,
) -> Result<Switch, StoreError> {
    let known = match order {
        Some(order) => subscription::get(conn, order).await?,
        None => None,
    };
    let stopped = known.is_none_or(|known| known.subscription.is_stopped_by_shop());
    let booked = charge::get(conn, meant).await?;
    let payload = booked.map(|charge| charge.payload).unwrap_or_default();
    let (mut charges, goes_on) = match order_of(conn, &payload).await? {
        Some(ours) => {
            let begun = charge::may_have_begun(conn, buyer, &payload).await?;
            (begun, goes_on(conn, ours.id, buyer).await?)
        }
        None => (begun_elsewhere(conn, buyer, &payload).await?, None),
    };
    let may_go_on = stopped && goes_on.is_some();
    if stopped {
        charges.retain(|charge| Some(charge) != goes_on.as_ref());
    }
    let is_kept = stopped && goes_on.as_ref() == Some(meant);
    if !is_kept && (charges.is_empty() || charges.contains(meant) || !stopped) {
        charges.retain(|charge| charge != meant);
        charges.insert(0, meant.clone());
    }
    Ok(Switch {
        stopped,
        charges,
        may_go_on,
    })
}

/// The charge that began what an order's buyer has, and goes on to have.
async fn goes_on(
    conn: &mut Conn,
    order: OrderId,
    buyer: UserId,
) -> Result<Option<ChargeId>, StoreError> {
    let known = subscription::get(conn, order).await?;
    let is_kept =
        |of: &Subscription| of.buyer == buyer && of.state.is_running() && !of.is_stopped_by_shop();
    match known {
        Some(known) if is_kept(&known.subscription) => {
            subscription::first_charge(conn, order).await
        }
        _ => Ok(None),
    }
}

/// Of an invoice that is not ours, what came before this shop began to sell counts as well.
async fn begun_elsewhere(
    conn: &mut Conn,
    buyer: UserId,
    payload: &str,
) -> Result<Vec<ChargeId>, StoreError> {
    if payload.is_empty() {
        return Ok(Vec::new());
    }
    let mut begun = star_row::may_have_begun(conn, buyer, payload).await?;
    begun.extend(charge::may_have_begun(conn, buyer, payload).await?);
    Ok(begun)
}
