//! Ends orders that nobody paid, and frees what they held.

use crate::{
    domain::{Order, OrderId, ProductCode, PromoCode, Transition, UnixSeconds},
    limits,
    store::{Conn, Database, Safety, StoreError, allowance, hold, lock, order, promo},
};

/// Ends all orders whose time is over, some hundred at a time. Gives those that ended.
pub(crate) async fn expire(db: &Database, now: UnixSeconds) -> Result<Vec<OrderId>, StoreError> {
    let mut reader = db.read().await?;
    let due = order::due(&mut reader, now, limits::EXPIRE_BATCH).await?;
    drop(reader);
    expire_each(db, due, now).await
}

/// Ends the orders for one product whose time is over. Gives their number.
pub(crate) async fn expire_product(
    db: &Database,
    product: &ProductCode,
    now: UnixSeconds,
) -> Result<usize, StoreError> {
    let mut reader = db.read().await?;
    let due = order::due_of(&mut reader, product.as_str(), now, limits::EXPIRE_BATCH).await?;
    drop(reader);
    Ok(expire_each(db, due, now).await?.len())
}

/// Ends the orders with one promo code whose time is over. Gives their number.
pub(crate) async fn expire_promo(
    db: &Database,
    code: &PromoCode,
    now: UnixSeconds,
) -> Result<usize, StoreError> {
    let mut reader = db.read().await?;
    let due = promo::due(&mut reader, code, now, limits::EXPIRE_BATCH).await?;
    drop(reader);
    Ok(expire_each(db, due, now).await?.len())
}

/// A transaction for each, so that a payment that comes in between waits for one order and not for
/// all; relaxed, because an expiry that is lost happens again.
async fn expire_each(
    db: &Database,
    due: Vec<OrderId>,
    now: UnixSeconds,
) -> Result<Vec<OrderId>, StoreError> {
    let (mut ended, mut failed) = (Vec::with_capacity(due.len()), None);
    for id in due {
        match expire_due(db, id, now).await {
            Ok(true) => ended.push(id),
            Ok(false) => {}
            // One that cannot be read keeps none of the others.
            Err(error) if error.is_of_one_row() => {
                tracing::error!(order = %id, error.code = error.code(), %error, "an order was passed over");
                failed = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    match failed {
        Some(error) if ended.is_empty() => Err(error),
        _ => Ok(ended),
    }
}

/// Whether it ended.
async fn expire_due(db: &Database, id: OrderId, now: UnixSeconds) -> Result<bool, StoreError> {
    let mut tx = db.begin(Safety::Relaxed).await?;
    lock::product_of(&mut tx, id).await?;
    let Some(order) = order::get(&mut tx, id).await? else {
        return Ok(false);
    };
    // A pre-checkout may have given it more time since it was listed.
    if order.expires_at > now || !expire_one(&mut tx, &order, now).await? {
        return Ok(false);
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends one order within a transaction. False when it is not open any more.
pub(super) async fn expire_one(
    conn: &mut Conn,
    order: &Order,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let Ok(expired) = order.state.after(Transition::Expire) else {
        return Ok(false);
    };
    if !order::expire(conn, order, expired, now).await? {
        return Ok(false);
    }
    if let Some(code) = &order.promo {
        promo::release(conn, order.id, code, order.buyer).await?;
    }
    allowance::give_back(conn, order.buyer, &order.product).await?;
    hold::release(conn, order.id, hold::Release::All).await?;
    Ok(true)
}
