//! What the passing of time does to rights for a time: a reminder before the end, and the end.

use super::rights;
use crate::{
    domain::{Note, OrderId, Subscription, SubscriptionChange, SubscriptionState, UnixSeconds},
    limits,
    store::{Conn, Database, Safety, StoreError, lock, outbox, subscription},
};

/// Reminds and ends those whose time it is, some hundred at a time. Gives how many were looked at,
/// and the orders that ended.
pub(crate) async fn turn(
    db: &Database,
    now: UnixSeconds,
) -> Result<(usize, Vec<OrderId>), StoreError> {
    let mut reader = db.read().await?;
    let due = subscription::due(&mut reader, now, limits::EXPIRE_BATCH).await?;
    drop(reader);
    let (mut ended, mut failed) = (Vec::new(), None);
    for order in &due {
        match turn_one(db, *order, now).await {
            Ok(true) => ended.push(*order),
            // One that another process turned meanwhile is not due any more.
            Ok(false) => {}
            // One that cannot be read keeps none of the others.
            Err(error) if error.is_of_one_row() => {
                tracing::error!(%order, error.code = error.code(), %error, "a subscription was passed over");
                failed = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    match failed {
        Some(error) if ended.is_empty() => Err(error),
        _ => Ok((due.len(), ended)),
    }
}

/// Whether it ended. A transaction for each, so that a payment which comes in between waits for
/// one and not for all.
async fn turn_one(db: &Database, order: OrderId, now: UnixSeconds) -> Result<bool, StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    lock::product_of(&mut tx, order).await?;
    let Some(known) = subscription::get(&mut tx, order).await? else {
        return Ok(false);
    };
    let was = &known.subscription;
    if was.due_at().is_none_or(|due| due > now) {
        return Ok(false);
    }
    let is_over = was.ends_at() <= now;
    let next = if is_over {
        let Some(state) = was.state.after(SubscriptionChange::Lapse) else {
            return Ok(false);
        };
        Subscription {
            state,
            ..was.clone()
        }
    } else {
        Subscription {
            reminded_of: Some(was.next_end()),
            ..was.clone()
        }
    };
    if !subscription::save(&mut tx, &known, &next, now).await? {
        return Ok(false);
    }
    if is_over {
        rights::end(&mut tx, order, was.buyer, &was.product, now).await?;
    }
    tell(&mut tx, was, is_over, now).await?;
    tx.commit().await?;
    Ok(is_over)
}

async fn tell(
    conn: &mut Conn,
    of: &Subscription,
    is_over: bool,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let (title, at) = (of.title.clone(), of.next_end());
    let note = match of.state {
        _ if is_over => Note::Lapsed { title },
        // After a long sleep of the shop the end may be over: who renews is not told so late.
        SubscriptionState::Active if of.term.renews() && at <= now => return Ok(()),
        SubscriptionState::Active if of.term.renews() => Note::RenewsSoon {
            title,
            price: of.price,
            at,
        },
        _ => Note::EndsSoon { title, at },
    };
    let about = format!("{}:{}", of.order, at.0);
    outbox::owe_note(conn, of.buyer, &about, note, now).await
}
