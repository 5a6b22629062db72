//! Intent first: an order is stored, with its hold, before any invoice link exists.

use super::expire::{self, expire_one};
use crate::{
    domain::{NewOrder, Order, OrderState, Refusal, Stars, Term, UnixSeconds, verdict::may_open},
    limits,
    shop::OpenOrderError,
    store::{
        Database, Safety, StoreError, Tx, allowance, hold, ids, lock, order, promo,
        selling::{self, Listed},
    },
};

/// Opens an order, or gives back the buyer's own unpaid one. Telegram renews subscriptions every
/// so many seconds.
///
/// What is wanted may be held by orders that nobody paid: those whose time is over end, and so do the
/// buyer's own of other offers, whose payment sheet was closed. Then it is tried once more.
pub(crate) async fn open_order(
    db: &Database,
    new: &NewOrder,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Order, OpenOrderError> {
    let refusal = match try_open(db, new, Own::Kept, subscription_seconds, now).await {
        Err(OpenOrderError::Refused(refusal)) => refusal,
        other => return other,
    };
    match (&refusal, &new.promo) {
        (Refusal::SoldOut | Refusal::BuyerLimit, _) => {
            expire::expire_product(db, &new.product, now).await?;
        }
        (Refusal::PromoUsedUp | Refusal::PromoUsed, Some(code)) => {
            expire::expire_promo(db, code, now).await?;
        }
        _ => return Err(refusal.into()),
    }
    try_open(db, new, Own::Ended, subscription_seconds, now).await
}

/// What becomes of the buyer's unpaid orders of other offers that hold what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    /// They can still be paid.
    Kept,
    /// They make room.
    Ended,
}

async fn try_open(
    db: &Database,
    new: &NewOrder,
    own: Own,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Order, OpenOrderError> {
    let mut is_patient = true;
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        match try_once(&mut tx, new, own, subscription_seconds, now).await {
            Ok(Opening::Known(order)) => return Ok(order),
            Ok(Opening::New(order)) => {
                tx.commit().await?;
                return Ok(order);
            }
            Ok(Opening::Overtaken) => {}
            // Of two who wait for each other one ends, and the other is through now. Who waits for a
            // lock that is kept too long says so at the second time: a buyer is looking at the page.
            Err(OpenOrderError::Store(StoreError::Contended)) if is_patient => is_patient = false,
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Contended.into())
}

/// How one try went.
enum Opening {
    /// The buyer has this order already.
    Known(Order),
    /// It is written, and to be committed.
    New(Order),
    /// Another writer was faster.
    Overtaken,
}

async fn try_once(
    tx: &mut Tx,
    new: &NewOrder,
    own: Own,
    subscription_seconds: i64,
    now: UnixSeconds,
) -> Result<Opening, OpenOrderError> {
    lock::product(tx, &new.product).await?;
    let listed = selling::listed(tx, new).await?;
    let mut listed = listed.ok_or(Refusal::NotForSale)?;
    let asked = listed.selling.price;
    if let Some(price) = with_promo(tx, new, &listed, subscription_seconds, now).await? {
        listed.selling.price = price;
    }
    may_open(new, Some(&listed.selling))?;

    if let Some(open) = order::open_of(tx, new).await? {
        if is_reusable(&open, new, listed.term.agreed(subscription_seconds), now) {
            return Ok(Opening::Known(open));
        }
        if !expire_one(tx, &open, now).await? {
            return Ok(Opening::Overtaken);
        }
    }
    if own == Own::Ended {
        for other in order::others_open(tx, new).await? {
            if !expire_one(tx, &other, now).await? {
                return Ok(Opening::Overtaken);
            }
        }
    }
    let opened = apply(tx, new, &listed, asked, subscription_seconds, now).await?;
    Ok(opened.map_or(Opening::Overtaken, Opening::New))
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

/// A payment form opened from it now could be paid to the end, or it is being paid at this moment.
fn is_reusable(open: &Order, new: &NewOrder, term: Term, now: UnixSeconds) -> bool {
    if is_being_paid(open, now) {
        return true;
    }
    let lives = match open.state {
        OrderState::Prechecked => open.expires_at > now,
        _ => open.expires_at > now.plus(limits::ORDER_REUSE_SECONDS),
    };
    let agreed = open.price == new.seen_price && open.promo == new.promo;
    lives && agreed && open.term == term
}

/// Telegram was told to go ahead just now: the money may be on its way, whatever was typed since, and
/// must find its order.
fn is_being_paid(open: &Order, now: UnixSeconds) -> bool {
    let promised_at = open.expires_at.plus(-limits::PRECHECKED_LIFE_SECONDS);
    open.state == OrderState::Prechecked && now < promised_at.plus(limits::PAYING_SECONDS)
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
    // Nobody else counts now. A plan that ended since the offer was read gave its place to another.
    if listed.running > 0 && selling::running(tx, new.buyer, &new.product).await? < listed.running {
        return Ok(None);
    }
    if !order::insert(tx, &opened, &new.language).await? {
        return Ok(None);
    }
    if let Some(code) = &new.promo {
        promo::note(tx, opened.id, code, new.buyer).await?;
    }
    if hold::take(tx, opened.id, &new.product, listed.pools).await? != listed.pools {
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
