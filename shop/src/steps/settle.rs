//! The one way in for money: webhook, polling and ledger all settle here.
//!
//! One transaction books the charge, the ledger, the order, the entitlements and the outbox rows,
//! so there is no state in between that would need a human. A charge that cannot be granted is
//! booked just as well, with its refund owed: there are two ends only.

use super::{
    learn::learn,
    renew::renew,
    rights::{self, Share},
    stop_charging::stop_charging,
    subscribe::{begin, supersede},
};
use crate::{
    domain::{
        ChargeId, ChargeState, Direction, Note, Payment, RefundReason, Refusal, Settled, StarRow,
        Transfer, TransferKind, Transition, UnixSeconds,
        verdict::{Claim, claim, order_named},
    },
    limits,
    store::{
        Conn, Database, Safety, StoreError, charge, ledger, lock,
        order::{self, OrderFacts},
        outbox, star_row,
    },
};

/// Books a charge once, for good.
pub(crate) async fn settle(
    db: &Database,
    payment: &Payment,
    now: UnixSeconds,
) -> Result<Settled, StoreError> {
    // What was found impossible while granting: the next try gives the money back instead.
    let mut impossible = None;
    for _ in 0..limits::STEP_TRIES {
        let mut tx = db.begin(Safety::Durable).await?;
        let facts = match order_named(&payment.payload) {
            Some(id) => {
                lock::product_of(&mut tx, id).await?;
                // What is decided by how the subscription stands must not be overtaken by a stop.
                lock::subscription(&mut tx, id).await?;
                order::facts(&mut tx, id).await?
            }
            None => None,
        };
        let facts = facts.as_ref();
        if facts.is_none() && is_not_ours(&mut tx, payment).await? {
            return Ok(Settled::AlreadyBooked);
        }
        let claim = claim(
            payment,
            facts.map(|facts| &facts.order),
            facts.is_some_and(|facts| facts.selling.live),
            facts.and_then(|facts| facts.standing.as_ref()),
        );
        let ended = match (claim, facts, impossible.take()) {
            (Claim::Grant(transition), Some(facts), None) => {
                grant(&mut tx, payment, facts, transition, now).await?
            }
            (Claim::Renew(period), Some(facts), None) => {
                renew(&mut tx, payment, facts, period, now).await?
            }
            (Claim::GiveBack(reason), facts, _) => {
                give_back(&mut tx, payment, facts, reason, now).await?
            }
            (Claim::Grant(_) | Claim::Renew(_), facts, refusal) => {
                let refusal = refusal.unwrap_or(Refusal::NotForSale);
                let reason = RefundReason::Refused { refusal };
                give_back(&mut tx, payment, facts, reason, now).await?
            }
        };
        match ended {
            Ended::Booked(settled) => {
                tx.commit().await?;
                return Ok(settled);
            }
            Ended::Before => {
                drop(tx);
                learn(db, payment, now).await?;
                return Ok(Settled::AlreadyBooked);
            }
            Ended::Impossible(refusal) => impossible = Some(refusal),
            Ended::Overtaken => {}
        }
    }
    Err(StoreError::Contended)
}

/// Whether a payment for no order of ours was made before this shop began to sell by this bot.
/// Telegram's ledger books it, as no sale.
async fn is_not_ours(conn: &mut Conn, payment: &Payment) -> Result<bool, StoreError> {
    let mark = star_row::mark(conn).await?;
    Ok(mark.is_some_and(|mark| payment.paid_at < mark.since)
        || is_elsewhere(conn, &payment.charge).await?)
}

/// Whether Telegram's ledger told of a payment first, and it was booked as no sale of this shop: it was
/// made before this shop began to sell.
pub(super) async fn is_elsewhere(conn: &mut Conn, charge: &ChargeId) -> Result<bool, StoreError> {
    let row = StarRow::key_of(Direction::In, charge.as_str());
    ledger::has_row(conn, &row, TransferKind::Movement).await
}

/// How one try ended. Only [`Ended::Booked`] is committed.
pub(super) enum Ended {
    /// All is written.
    Booked(Settled),
    /// The charge was booked before.
    Before,
    /// The goods cannot be had.
    Impossible(Refusal),
    /// Another writer moved the order first.
    Overtaken,
}

/// Books the charge as the order's, and grants the goods.
async fn grant(
    conn: &mut Conn,
    payment: &Payment,
    facts: &OrderFacts,
    transition: Transition,
    now: UnixSeconds,
) -> Result<Ended, StoreError> {
    let order = &facts.order;
    let paid = order.state.after(transition).map_err(super::illegal)?;
    let (from, paid_at) = (order.state, payment.paid_at);
    // The order before the charge that points at it: who moves the order goes on, all others wait
    // here with nothing in their hands.
    if !order::pay(conn, order.id, from, paid, &payment.charge, paid_at).await? {
        return Ok(Ended::Overtaken);
    }
    let state = ChargeState::Granted;
    if !charge::insert(conn, payment, Some(order.id), state, None, now).await? {
        return Ok(Ended::Before);
    }
    let Some(credit) = supersede(conn, facts, now).await? else {
        return Ok(Ended::Overtaken);
    };
    // Nothing to take for an order that kept its hold, unless a new pool was added since.
    let was_lost = transition == Transition::PayLate;
    if let Err(refusal) = rights::take_place(conn, facts, was_lost, Share::Whole).await? {
        return Ok(Ended::Impossible(refusal));
    }
    let stars = charge::stars(&payment.currency, payment.amount);
    ledger::post(conn, &Transfer::payment(&payment.charge, stars, state), now).await?;
    begin(conn, order, payment, &credit, now).await?;
    if let Err(refusal) = rights::grant(conn, facts, Share::Whole, now).await? {
        return Ok(Ended::Impossible(refusal));
    }
    Ok(Ended::Booked(Settled::Granted(order.id)))
}

/// Books the charge as owed back, and tells its buyer.
async fn give_back(
    conn: &mut Conn,
    payment: &Payment,
    facts: Option<&OrderFacts>,
    reason: RefundReason,
    now: UnixSeconds,
) -> Result<Ended, StoreError> {
    let (id, buyer, state) = (&payment.charge, payment.buyer, ChargeState::Refunding);
    let order = facts.map(|facts| &facts.order);
    let named = order.map(|order| order.id);
    if !charge::insert(conn, payment, named, state, Some(&reason), now).await? {
        return Ok(Ended::Before);
    }
    let amount = charge::stars(&payment.currency, payment.amount);
    ledger::post(conn, &Transfer::payment(id, amount, state), now).await?;
    outbox::owe_refund(conn, buyer, id, now).await?;
    let note = Note::MoneyComesBack {
        amount,
        reason: reason.clone(),
    };
    outbox::owe_note(conn, buyer, id.as_str(), note, now).await?;
    stop_charging(conn, payment, order, now).await?;
    Ok(Ended::Booked(Settled::Refunding(reason)))
}
