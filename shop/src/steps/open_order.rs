//! Intent first: an order is stored, with its hold, before any invoice link exists.

use super::expire::{self, expire_one};
use crate::{
    domain::{NewOrder, Order, OrderState, Refusal, Stars, Term, UnixSeconds, verdict::may_open},
    limits,
    shop::OpenOrderError,
    store::{
        Database, Safety, StoreError, Tx, allowance, hold, ids, order, promo,
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
        Err(OpenOrderError::Refused(refusal @ (Refusal::PromoUsedUp | Refusal::PromoUsed))) => {
            let Some(code) = &new.promo else {
                return Err(refusal.into());
            };
            if expire::expire_promo(db, code, now).await? == 0 {
                return Err(refusal.into());
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
        let mut listed = listed.ok_or(Refusal::NotForSale)?;
        let asked = listed.selling.price;
        if let Some(price) = with_promo(&mut tx, new, &listed, subscription_seconds, now).await? {
            listed.selling.price = price;
        }
        may_open(new, Some(&listed.selling))?;

        if let Some(open) = order::open_of(&mut tx, new).await? {
            if is_reusable(&open, new, listed.term.agreed(subscription_seconds), now) {
                return Ok(open);
            }
            if !expire_one(&mut tx, &open, now).await? {
                continue;
            }
        }
        let opened = apply(&mut tx, new, &listed, asked, subscription_seconds, now);
        if let Some(opened) = opened.await? {
            tx.commit().await?;
            return Ok(opened);
        }
    }
    Err(StoreError::Contended.into())
}

/// The price with the code that was typed, if one was.
async fn with_promo(
    tx: &mut Tx,
    new: &NewOrder,
    listed: &Listed,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Option<Stars>, OpenOrderError> {
    let Some(code) = &new.promo else {
        return Ok(None);
    };
    let promo = promo::get(tx, code).await?.ok_or(Refusal::PromoUnknown)?;
    let term = listed.term.agreed(subscription_seconds);
    let price = promo.price(&new.product, term, listed.selling.price, now)?;
    Ok(Some(price))
}

/// A payment form opened from it now could be paid to the end, or it is being paid already.
fn is_reusable(open: &Order, new: &NewOrder, term: Term, now: UnixSeconds) -> bool {
    let lives = match open.state {
        OrderState::Prechecked => open.expires_at > now,
        _ => open.expires_at > now.plus(limits::ORDER_REUSE_SECONDS),
    };
    let agreed = open.price == new.seen_price && open.promo == new.promo;
    lives && agreed && open.term == term
}

/// Takes the copy and stores the order. Nothing when the buyer opened one in the same moment.
async fn apply(
    tx: &mut Tx,
    new: &NewOrder,
    listed: &Listed,
    asked: Stars,
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
        promo: new.promo.clone(),
        list_price: new.promo.as_ref().map(|_| asked),
        term: listed.term.agreed(subscription_seconds),
        state: OrderState::Opened,
        opened_at: now,
        expires_at: now.plus(limits::ORDER_LIFE_SECONDS),
        paid_at: None,
        charge: None,
        invoice_link: None,
    };
    if let Some(code) = &new.promo
        && let Err(refusal) = promo::take(tx, code, new.buyer).await?
    {
        return gone(tx, new, refusal).await;
    }
    if !allowance::take(tx, new.buyer, &new.product, listed.per_buyer).await? {
        return gone(tx, new, Refusal::BuyerLimit).await;
    }
    if !order::insert(tx, &opened, &new.language).await? {
        return Ok(None);
    }
    if let Some(code) = &new.promo {
        promo::note(tx, opened.id, code, new.buyer).await?;
    }
    if !hold::take(tx, opened.id, &new.product, listed.pools).await? {
        return Err(Refusal::SoldOut.into());
    }
    Ok(Some(opened))
}

/// What is gone may have gone to the same buyer's other tap: then that order is to be looked at first.
async fn gone(
    tx: &mut Tx,
    new: &NewOrder,
    refusal: Refusal,
) -> Result<Option<Order>, OpenOrderError> {
    match order::open_of(tx, new).await? {
        Some(_) => Ok(None),
        None => Err(refusal.into()),
    }
}
