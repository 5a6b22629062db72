//! Money went back: by our own refund, or by the store without asking us.
//!
//! One transaction ends the charge, takes the goods back, reverses the ledger and tells the buyer.
//! A refund of a charge that we never heard of is booked together with that charge, so that the
//! payment, should its report still come, finds itself ended.

use crate::{
    domain::{
        ChargeState, Note, OrderId, Payment, Refund, Transfer, Transition, UnixSeconds,
        verdict::STARS_CURRENCY,
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
    now: UnixSeconds,
) -> Result<Option<OrderId>, StoreError> {
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let Some(charge) = charge::get(&mut tx, &refund.charge).await? else {
            if book_unknown(&mut tx, refund, now).await? {
                tx.commit().await?;
                return Ok(None);
            }
            continue;
        };
        if charge.state == ChargeState::Refunded {
            return Ok(None);
        }
        if charge.buyer != refund.buyer || charge.stars != refund.amount {
            // Telegram gives back whole charges only, so our own row is the one to trust.
            tracing::warn!(charge.id = %charge.id, "a refund differs from the charge it names");
        }
        if !charge::advance(&mut tx, &charge, ChargeState::Refunded, now).await? {
            continue;
        }
        let back = Transfer::refund(&charge.id, charge.stars, charge.state);
        ledger::post(&mut tx, &back, now).await?;
        let Ok(order) = take_back(&mut tx, &charge, now).await? else {
            continue;
        };
        tx.commit().await?;
        return Ok(order);
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
) -> Result<Result<Option<OrderId>, Overtaken>, StoreError> {
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
        title: order.title,
        amount: charge.stars,
    };
    outbox::owe_note(conn, order.buyer, &charge.id, note, now).await?;
    Ok(Ok(Some(id)))
}

/// Books payment and refund of a charge that we never heard of. False when it came in between.
async fn book_unknown(
    conn: &mut Conn,
    refund: &Refund,
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let payment = Payment {
        charge: refund.charge.clone(),
        buyer: refund.buyer,
        payload: String::new(),
        currency: STARS_CURRENCY.to_owned(),
        amount: i64::try_from(refund.amount.0).map_err(StoreError::corrupt)?,
        paid_at: now,
    };
    let state = ChargeState::Refunded;
    if !charge::insert(conn, &payment, None, state, None, now).await? {
        return Ok(false);
    }
    for transfer in [
        Transfer::payment(&refund.charge, refund.amount, state),
        Transfer::refund(&refund.charge, refund.amount, state),
    ] {
        ledger::post(conn, &transfer, now).await?;
    }
    Ok(true)
}
