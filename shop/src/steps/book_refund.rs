//! Money went back: by our own refund, or by the store without asking us.
//!
//! One transaction ends the charge, takes the goods back, reverses the ledger and tells the buyer.
//! A refund of a charge that we never heard of is booked together with that charge, so that the
//! payment, should its report still come, finds itself ended.

use super::{
    order_of,
    return_period::{Left, return_period},
    rights,
    settle::is_elsewhere,
    stop_charging::stop_charging,
};
use crate::{
    domain::{
        ChargeState, HeardBy, Note, Order, OrderId, Payment, Purchase, Refund, RefundReason,
        Transfer, Transition, UnixSeconds, UserId, Warning, verdict::STARS_CURRENCY,
    },
    limits,
    store::{
        Conn, Database, Safety, StoreError,
        charge::{self, Charge},
        ledger, lock, order, outbox, selling,
    },
};

/// Books a refund. Gives the order that lost its goods, if one did; repeating it changes nothing.
pub(crate) async fn book_refund(
    db: &Database,
    refund: &Refund,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<Option<OrderId>, StoreError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let Some(charge) = charge::get(&mut tx, &refund.charge).await? else {
            if is_elsewhere(&mut tx, &refund.charge).await? {
                // Its row of Telegram's ledger is booked as the payment's was.
                return Ok(None);
            }
            if book_both(&mut tx, &unheard_of(refund, now)?, None, now).await? {
                tx.commit().await?;
                return Ok(None);
            }
            continue;
        };
        if charge.is_back() {
            return Ok(None);
        }
        if let Some(id) = charge.order {
            lock::product_of(&mut tx, id).await?;
        }
        if charge.buyer != refund.buyer || charge.stars != refund.amount {
            // Telegram gives back whole charges only, so our own row is the one to trust.
            tracing::warn!(charge.id = %charge.id, "a refund differs from the charge it names");
        }
        // We did not queue it: a store or Telegram took the money back.
        let is_ours = charge.state != ChargeState::Granted;
        let reason = (!is_ours).then_some(&RefundReason::TakenBack);
        if !charge::advance(&mut tx, &charge, ChargeState::Refunded, reason, now).await? {
            continue;
        }
        let back = Transfer::refund(&charge.id, charge.stars, charge.state);
        ledger::post(&mut tx, &back, now).await?;
        let Ok(taken) = take_back(&mut tx, &charge, now).await? else {
            continue;
        };
        if let (Some((order, goods_stay)), false) = (&taken, is_ours) {
            let warning = Warning::Chargeback {
                title: order.title.clone(),
                amount: charge.stars,
                goods_stay: *goods_stay,
                purchase: Some(Purchase {
                    charge: charge.id.clone(),
                    order: order.id,
                    buyer: order.buyer,
                }),
            };
            let about = format!("chargeback:{}", charge.id);
            outbox::owe_warning(&mut tx, owners, &about, &warning, now).await?;
        }
        tx.commit().await?;
        return Ok(taken.map(|(order, _)| order.id));
    }
    Err(StoreError::Contended)
}

/// Another writer was faster.
struct Overtaken;

/// Takes the goods back, if it was this charge that paid for them. Gives the order, and whether what
/// else was paid for it still gives its goods.
async fn take_back(
    conn: &mut Conn,
    charge: &Charge,
    now: UnixSeconds,
) -> Result<Result<Option<(Order, bool)>, Overtaken>, StoreError> {
    let Some(id) = charge.order else {
        return Ok(Ok(None));
    };
    let Some(order) = order::get(conn, id).await? else {
        return Ok(Ok(None));
    };
    let is_whole = match return_period(conn, id, &charge.id, now).await? {
        Left::Overtaken => return Ok(Err(Overtaken)),
        Left::Some => false,
        Left::Nothing => true,
        // A second payment of the same order goes back without touching the first one's goods.
        Left::NotPaid if order.charge.as_ref() != Some(&charge.id) => return Ok(Ok(None)),
        Left::NotPaid => {
            rights::end(conn, id, order.buyer, &order.product, now).await?;
            true
        }
    };
    if is_whole && !refund_order(conn, &order).await? {
        return Ok(Err(Overtaken));
    }
    // By what else was paid for it, or by the plan that took its place.
    let goods_stay = selling::running(conn, order.buyer, &order.product).await? > 0;
    let note = Note::Refunded {
        title: order.title.clone(),
        amount: charge.stars,
        goods_stay,
    };
    outbox::owe_note(conn, order.buyer, charge.id.as_str(), note, now).await?;
    Ok(Ok(Some((order, goods_stay))))
}

/// The whole order is given back. False when another writer moved it first.
async fn refund_order(conn: &mut Conn, order: &Order) -> Result<bool, StoreError> {
    let refunded = order.state.after(Transition::Refund);
    let refunded = refunded.map_err(super::illegal)?;
    order::advance(conn, order.id, order.state, refunded).await
}

/// Books a payment that Telegram took and gave back before we heard of either. A charge that is
/// booked meanwhile stays as it is: its refund is booked by itself.
pub(crate) async fn book_returned(
    db: &Database,
    payment: &Payment,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    let order = order_of(&mut tx, &payment.payload).await?;
    let order = order.as_ref();
    if book_both(&mut tx, payment, order.map(|order| order.id), now).await? {
        stop_charging(&mut tx, payment, order, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The payment behind a refund of which we know nothing else.
fn unheard_of(refund: &Refund, now: UnixSeconds) -> Result<Payment, StoreError> {
    Ok(Payment {
        charge: refund.charge.clone(),
        buyer: refund.buyer,
        payload: String::new(),
        currency: STARS_CURRENCY.to_owned(),
        amount: i64::try_from(refund.amount.0).map_err(StoreError::corrupt)?,
        paid_at: now,
        recurring: None,
        heard_by: HeardBy::Refund,
    })
}

/// Books payment and refund at once. False when the charge came in between.
async fn book_both(
    conn: &mut Conn,
    payment: &Payment,
    order: Option<OrderId>,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let state = ChargeState::Refunded;
    if !charge::insert(conn, payment, order, state, None, now).await? {
        return Ok(false);
    }
    let stars = charge::stars(&payment.currency, payment.amount);
    for transfer in [
        Transfer::payment(&payment.charge, stars, state),
        Transfer::refund(&payment.charge, stars, state),
    ] {
        ledger::post(conn, &transfer, now).await?;
    }
    Ok(true)
}
