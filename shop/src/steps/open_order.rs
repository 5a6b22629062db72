//! Intent first: an order is stored, with its hold, before any invoice link exists.

use super::expire::{self, expire_one};
use crate::{
    domain::{NewOrder, Order, OrderState, Refusal, Term, UnixSeconds, verdict::may_open},
    limits,
    shop::OpenOrderError,
    store::{
        Database, Safety, StoreError, Tx, allowance, hold, ids, order,
        selling::{self, Listed},
    },
};

/// Opens an order, or gives back the buyer's own unpaid one. Telegram renews subscriptions every
/// so many seconds.
pub(crate) async fn open_order(
    db: &Database,
    new: &NewOrder,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Order, OpenOrderError> {
    match try_open(db, new, subscription_seconds, now).await {
        // Orders that nobody paid may still hold what is wanted here: end them, then try again.
        Err(OpenOrderError::Refused(Refusal::SoldOut)) => {
            if expire::expire_product(db, &new.product, now).await? == 0 {
                return Err(Refusal::SoldOut.into());
            }
            try_open(db, new, subscription_seconds, now).await
        }
        other => other,
    }
}

async fn try_open(
    db: &Database,
    new: &NewOrder,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Order, OpenOrderError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let listed = selling::listed(&mut tx, new).await?;
        may_open(new, listed.as_ref().map(|listed| &listed.selling))?;
        let listed = listed.ok_or(Refusal::NotForSale)?;

        if let Some(open) = order::open_of(&mut tx, new).await? {
            if is_reusable(&open, new, listed.term.agreed(subscription_seconds), now) {
                return Ok(open);
            }
            if !expire_one(&mut tx, &open, now).await? {
                continue;
            }
        }
        if let Some(opened) = apply(&mut tx, new, &listed, subscription_seconds, now).await? {
            tx.commit().await?;
            return Ok(opened);
        }
    }
    Err(StoreError::Contended.into())
}

/// A payment form opened from it now could be paid to the end, or it is being paid already.
fn is_reusable(open: &Order, new: &NewOrder, term: Term, now: UnixSeconds) -> bool {
    let lives = match open.state {
        OrderState::Prechecked => open.expires_at > now,
        _ => open.expires_at > now.plus(limits::ORDER_REUSE_SECONDS),
    };
    lives && open.price == new.seen_price && open.term == term
}

/// Takes the copy and stores the order. Nothing when the buyer opened one in the same moment.
async fn apply(
    tx: &mut Tx,
    new: &NewOrder,
    listed: &Listed,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Option<Order>, OpenOrderError> {
    let opened = Order {
        id: ids::order(),
        buyer: new.buyer,
        product: new.product.clone(),
        offer: new.offer.clone(),
        title: listed.title.clone(),
        price: listed.selling.price,
        term: listed.term.agreed(subscription_seconds),
        state: OrderState::Opened,
        opened_at: now,
        expires_at: now.plus(limits::ORDER_LIFE_SECONDS),
        paid_at: None,
        charge: None,
        invoice_link: None,
    };
    if !allowance::take(tx, new.buyer, &new.product, listed.per_buyer).await? {
        // The place may have gone to the same buyer's other tap: then that order is the answer.
        return match order::open_of(tx, new).await? {
            Some(_) => Ok(None),
            None => Err(Refusal::BuyerLimit.into()),
        };
    }
    if !order::insert(tx, &opened, &new.language).await? {
        return Ok(None);
    }
    if !hold::take(tx, opened.id, &new.product, listed.pools).await? {
        return Err(Refusal::SoldOut.into());
    }
    Ok(Some(opened))
}
