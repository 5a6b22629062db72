//! Money went back: by our own refund, or by the store without asking us.
//!
//! One transaction ends the charge, takes the goods back, reverses the ledger and tells the buyer.
//! A refund of a charge that we never heard of is booked together with that charge, so that the
//! payment, should its report still come, finds itself ended.

use crate::{
    domain::{
        ChargeState, Note, Order, OrderId, Payment, Refund, Transfer, Transition, UnixSeconds,
        UserId, Warning,
        verdict::{STARS_CURRENCY, order_named},
    },
    limits,
    store::{
        Conn, Database, Safety, StoreError, allowance,
        charge::{self, Charge},
        entitlement, hold, ledger, order, outbox,
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
            if book_both(&mut tx, &unheard_of(refund, now)?, None, now).await? {
                tx.commit().await?;
                return Ok(None);
            }
            continue;
        };
        if charge.is_back() {
            return Ok(None);
        }
        if charge.buyer != refund.buyer || charge.stars != refund.amount {
            // Telegram gives back whole charges only, so our own row is the one to trust.
            tracing::warn!(charge.id = %charge.id, "a refund differs from the charge it names");
        }
        if !charge::advance(&mut tx, &charge, ChargeState::Refunded, None, now).await? {
            continue;
        }
        let back = Transfer::refund(&charge.id, charge.stars, charge.state);
        ledger::post(&mut tx, &back, now).await?;
        let Ok(order) = take_back(&mut tx, &charge, now).await? else {
            continue;
        };
        if let (Some(order), ChargeState::Granted) = (&order, charge.state) {
            // We did not queue it: a store or Telegram took the money back.
            let (title, amount) = (order.title.clone(), charge.stars);
            let warning = Warning::Chargeback { title, amount };
            let about = format!("chargeback:{}", charge.id);
            outbox::owe_warning(&mut tx, owners, &about, &warning, now).await?;
        }
        tx.commit().await?;
        return Ok(order.map(|order| order.id));
    }
    Err(StoreError::Contended)
}

/// Another writer was faster.
struct Overtaken;

/// Takes the goods back, if it was this charge that paid for them.
async fn take_back(
    conn: &mut Conn,
    charge: &Charge,
    now: UnixSeconds,
) -> Result<Result<Option<Order>, Overtaken>, StoreError> {
    let Some(id) = charge.order else {
        return Ok(Ok(None));
    };
    let Some(order) = order::get(conn, id).await? else {
        return Ok(Ok(None));
    };
    // A second payment of the same order goes back without touching the first one's goods.
    if order.charge.as_ref() != Some(&charge.id) {
        return Ok(Ok(None));
    }
    entitlement::revoke_all(conn, id, now).await?;
    let refunded = order
        .state
        .after(Transition::Refund)
        .map_err(super::illegal)?;
    if !order::advance(conn, id, order.state, refunded).await? {
        return Ok(Err(Overtaken));
    }
    allowance::give_back(conn, order.buyer, &order.product).await?;
    hold::release(conn, id, hold::Release::Editions).await?;
    let note = Note::Refunded {
        title: order.title.clone(),
        amount: charge.stars,
    };
    outbox::owe_note(conn, order.buyer, &charge.id, note, now).await?;
    Ok(Ok(Some(order)))
}

/// Books a payment that Telegram took and gave back before we heard of either. A charge that is
/// booked meanwhile stays as it is: its refund is booked by itself.
pub(crate) async fn book_returned(
    db: &Database,
    payment: &Payment,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    let order = match order_named(&payment.payload) {
        Some(id) => order::get(&mut tx, id).await?,
        None => None,
    };
    if book_both(&mut tx, payment, order.map(|order| order.id), now).await? {
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
