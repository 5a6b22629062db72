//! What a row of Telegram's ledger means for our books.
//!
//! A payment that was missed goes through the one settle, a refund through the one that books
//! refunds: both change nothing when they are repeated. Then one transaction books what the row
//! alone knows (an affiliate's cut, a withdrawal), keeps what cannot be explained, and ends the row.

use serde_json::{Value, json};

use super::{book_refund, learn::learn, settle};
use crate::{
    domain::{
        ChargeId, DifferenceCode, Direction, Finding, OrderId, Payment, Refund, Settled, StarRow,
        StarRowKind, Transfer, UnixSeconds, UserId, Warning, verdict::order_named,
    },
    limits,
    store::{
        Conn, Database, Safety, StoreError, Tx, charge, difference, ledger, order, outbox, star_row,
    },
};

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowEnd {
    /// A payment that was missed is booked now.
    Settled(Settled),
    /// A refund that was made elsewhere is booked now; the order lost its goods.
    Refunded(Option<OrderId>),
    /// Our books had it already.
    Known,
    /// It moved the balance and is booked as that.
    Recorded,
    /// It cannot be explained: a difference is kept.
    Puzzling(DifferenceCode),
}

/// Works one row. Repeating it changes nothing.
pub(super) async fn work_row(
    db: &Database,
    row: &StarRow,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<RowEnd, StoreError> {
    match (&row.kind, row.direction) {
        (StarRowKind::Sale { .. }, Direction::In) => paid(db, row, owners, now).await,
        (StarRowKind::Sale { .. }, Direction::Out) => given_back(db, row, owners, now).await,
        (StarRowKind::Withdrawal { .. }, Direction::Out) => withdrawn(db, row, now).await,
        (
            StarRowKind::Withdrawal { .. } | StarRowKind::Other { .. },
            Direction::In | Direction::Out,
        ) => moved(db, row, now).await,
        _ => puzzling(db, row, owners, now).await,
    }
}

/// Somebody paid.
async fn paid(
    db: &Database,
    row: &StarRow,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<RowEnd, StoreError> {
    let Some((payment, facts)) = Facts::gather(db, row).await? else {
        return puzzling(db, row, owners, now).await;
    };
    let end = if facts.booked {
        if facts.unexplained {
            learn(db, &payment, now).await?;
        }
        RowEnd::Known
    } else if facts.before_us {
        return moved(db, row, now).await;
    } else if facts.went_back {
        book_refund::book_returned(db, &payment, now).await?;
        RowEnd::Refunded(None)
    } else {
        match settle::settle(db, &payment, now).await? {
            Settled::AlreadyBooked => RowEnd::Known,
            settled => RowEnd::Settled(settled),
        }
    };
    match_up(db, row, &payment.charge, payment.buyer, owners, now, end).await
}

/// Somebody got a payment back.
async fn given_back(
    db: &Database,
    row: &StarRow,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<RowEnd, StoreError> {
    let Some((payment, facts)) = Facts::gather(db, row).await? else {
        return puzzling(db, row, owners, now).await;
    };
    if !facts.booked && facts.came_as_movement {
        // The payment was another shop's business, so its refund is too.
        return moved(db, row, now).await;
    }
    let refund = Refund {
        charge: payment.charge.clone(),
        buyer: payment.buyer,
        amount: charge::stars(&payment.currency, payment.amount),
    };
    let end = if facts.back {
        RowEnd::Known
    } else {
        RowEnd::Refunded(book_refund::book_refund(db, &refund, owners, now).await?)
    };
    match_up(db, row, &payment.charge, payment.buyer, owners, now, end).await
}

/// What is known about the charge of a row.
struct Facts {
    /// The charge is in our books.
    booked: bool,
    /// It is booked as given back.
    back: bool,
    /// Its refund alone was heard of.
    unexplained: bool,
    /// Its payment was booked as no sale of ours. That the ledger holds it is not enough: it may
    /// wait to be settled.
    came_as_movement: bool,
    /// Telegram's ledger holds its refund.
    went_back: bool,
    /// It names no order of ours, and was made before this shop began to sell or booked as that.
    before_us: bool,
}

impl Facts {
    /// The payment that the row tells of or gives back, if it tells of one, and the facts.
    async fn gather(db: &Database, row: &StarRow) -> Result<Option<(Payment, Self)>, StoreError> {
        let mut reader = db.read().await?;
        let named = match &row.kind {
            StarRowKind::Sale { payload, .. } => order_named(payload),
            _ => None,
        };
        let order = match named {
            Some(id) => order::get(&mut reader, id).await?,
            None => None,
        };
        let Some(payment) = row.payment(order.as_ref().map(|order| order.price)) else {
            return Ok(None);
        };
        let known = charge::get(&mut reader, &payment.charge).await?;
        let since = star_row::mark(&mut reader).await?.map(|mark| mark.since);
        let came_as_movement = settle::is_elsewhere(&mut reader, &payment.charge).await?;
        let went_back = star_row::get(&mut reader, &row.id, Direction::Out).await?;
        let facts = Self {
            back: known.as_ref().is_some_and(charge::Charge::is_back),
            unexplained: known.as_ref().is_some_and(charge::Charge::is_unexplained),
            booked: known.is_some(),
            came_as_movement,
            went_back: went_back.is_some(),
            before_us: order.is_none()
                && (came_as_movement || since.is_some_and(|since| row.at < since)),
        };
        Ok(Some((payment, facts)))
    }
}

/// Puts the row beside the charge as booked: books an affiliate's cut, keeps what differs, and
/// ends the row.
async fn match_up(
    db: &Database,
    row: &StarRow,
    id: &ChargeId,
    buyer: UserId,
    owners: &[UserId],
    now: UnixSeconds,
    end: RowEnd,
) -> Result<RowEnd, StoreError> {
    // The row is worked again should this be lost, and the charge itself is safe already.
    let mut tx = db.begin(Safety::Relaxed).await?;
    if !star_row::end(&mut tx, row).await? {
        return Ok(end);
    }
    let Some(booked) = charge::get(&mut tx, id).await? else {
        return Err(StoreError::corrupt("a settled charge that vanished"));
    };
    let back = row.direction == Direction::Out;
    charge::mark_seen(&mut tx, id, back, now).await?;
    let code = match row.cut_of(booked.stars) {
        Err(_) => Some(DifferenceCode::AmountDiffers),
        Ok(cut) => {
            if let Some(cut) = cut {
                book_cut(&mut tx, id, &Transfer::commission(id, cut, back), now).await?;
            }
            (booked.buyer != buyer).then_some(DifferenceCode::BuyerDiffers)
        }
    };
    if let Some(code) = code {
        let ours = charge::described(&mut tx, id).await?;
        keep_difference(&mut tx, row, code, ours, owners, now).await?;
    }
    tx.commit().await?;
    Ok(code.map_or(end, RowEnd::Puzzling))
}

/// Books an affiliate's cut, once: a row that says something new is worked again.
async fn book_cut(
    tx: &mut Tx,
    id: &ChargeId,
    cut: &Transfer,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    if !ledger::has_charge(tx, id, cut.kind).await? {
        ledger::post(tx, cut, now).await?;
    }
    Ok(())
}

/// Stars left through a withdrawal. How it ends moves nothing: where it fails, another row brings the
/// Stars back.
async fn withdrawn(db: &Database, row: &StarRow, now: UnixSeconds) -> Result<RowEnd, StoreError> {
    record(db, row, Transfer::withdrawal(row.key(), row.amount), now).await
}

/// Something that is no sale of ours moved the balance.
async fn moved(db: &Database, row: &StarRow, now: UnixSeconds) -> Result<RowEnd, StoreError> {
    let movement = Transfer::movement(row.key(), row.amount, row.direction);
    record(db, row, movement, now).await
}

/// Books what a row alone knows, once, and ends the row.
async fn record(
    db: &Database,
    row: &StarRow,
    transfer: Transfer,
    now: UnixSeconds,
) -> Result<RowEnd, StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    if !star_row::end(&mut tx, row).await? {
        return Ok(RowEnd::Known);
    }
    if let Some(id) = row.charge()
        && charge::get(&mut tx, &id).await?.is_some()
    {
        // Its update was settled since this row was looked at: it is no movement any more.
        return Err(StoreError::Contended);
    }
    if !ledger::has_row(&mut tx, &row.key(), transfer.kind).await? {
        ledger::post(&mut tx, &transfer, now).await?;
    }
    tx.commit().await?;
    Ok(RowEnd::Recorded)
}

/// Kept whole, for a person and for a version that understands it. What was told before is not told
/// again.
async fn puzzling(
    db: &Database,
    row: &StarRow,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<RowEnd, StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    if !star_row::set_aside(&mut tx, row).await? {
        return Ok(RowEnd::Known);
    }
    let code = DifferenceCode::RowNotUnderstood;
    let is_new = keep_difference(&mut tx, row, code, json!({}), owners, now).await?;
    tx.commit().await?;
    Ok(if is_new {
        RowEnd::Puzzling(code)
    } else {
        RowEnd::Known
    })
}

async fn keep_difference(
    tx: &mut Tx,
    row: &StarRow,
    code: DifferenceCode,
    ours: Value,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let finding = Finding {
        code,
        subject: row.key(),
        ours,
        theirs: row.raw.clone(),
    };
    raise(tx, &finding, owners, now).await
}

/// Keeps that a row could not be worked, until it is: the owners are told.
pub(super) async fn keep_trouble(
    db: &Database,
    row: &StarRow,
    trouble: &StoreError,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let mut tx = db.begin(Safety::Durable).await?;
    let (code, ours) = (
        DifferenceCode::RowNotWorked,
        json!({ "trouble": trouble.code() }),
    );
    if keep_difference(&mut tx, row, code, ours, owners, now).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Keeps a difference and tells the owners, once a day for each kind. Whether it is new.
pub(super) async fn raise(
    conn: &mut Conn,
    finding: &Finding,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<bool, StoreError> {
    let is_new = difference::find(conn, finding, now).await?;
    if is_new {
        ring(conn, finding.code, owners, now).await?;
    }
    Ok(is_new)
}

/// Tells the owners of a kind of difference, once a day.
pub(super) async fn ring(
    conn: &mut Conn,
    difference: DifferenceCode,
    owners: &[UserId],
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let day = now.0 / limits::WARNING_SECONDS;
    let about = format!("differ:{}:{day}", difference.as_str());
    let warning = Warning::BooksDiffer { difference };
    outbox::owe_warning(conn, owners, &about, &warning, now).await
}
