//! Charges: what Telegram took.

use serde_json::{Value, json};
use sqlx::any::AnyRow;

use super::{Conn, Result, StoreError, row::RowExt};
use crate::{
    domain::{
        ChargeId, ChargeState, OrderId, Payment, RefundReason, Return, Stars, UnixSeconds, UserId,
    },
    limits,
};

/// A charge as booked.
#[derive(Debug, Clone)]
pub(crate) struct Charge {
    /// Its id.
    pub(crate) id: ChargeId,
    /// Who paid.
    pub(crate) buyer: UserId,
    /// The order that it was meant for.
    pub(crate) order: Option<OrderId>,
    /// The invoice payload; empty where only the refund told of the charge.
    pub(crate) payload: String,
    /// Whole Stars; zero where the currency was another one.
    pub(crate) stars: Stars,
    /// Where it stands.
    pub(crate) state: ChargeState,
}

impl Charge {
    /// Whether the money is back with its buyer.
    pub(crate) fn is_back(&self) -> bool {
        self.state == ChargeState::Refunded
    }

    /// Whether its refund was heard of, and nobody has said yet what it paid for.
    pub(crate) fn is_unexplained(&self) -> bool {
        self.payload.is_empty()
    }
}

/// Stores a charge. False when it is booked already, in whatever state.
pub(crate) async fn insert(
    conn: &mut Conn,
    payment: &Payment,
    order: Option<OrderId>,
    state: ChargeState,
    reason: Option<&RefundReason>,
    now: UnixSeconds,
) -> Result<bool> {
    let reason = reason.map(serde_json::to_string).transpose();
    let done = sqlx::query(
        "INSERT INTO charge (id, buyer, order_id, payload, currency, amount, state, reason,
                             paid_at, booked_at, refunded_at, is_first, is_renewal,
                             heard_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(payment.charge.as_str())
    .bind(payment.buyer.0)
    .bind(order.map(|id| id.to_string()))
    .bind(&payment.payload)
    .bind(&payment.currency)
    .bind(payment.amount)
    .bind(state.as_str())
    .bind(reason.map_err(StoreError::corrupt)?)
    .bind(payment.paid_at.0)
    .bind(now.0)
    .bind((state == ChargeState::Refunded).then_some(now.0))
    .bind(i64::from(payment.is_first() == Some(true)))
    .bind(i64::from(payment.is_first() == Some(false)))
    .bind(payment.heard_by.as_str())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes what is told of a charge that was booked by somebody who knew less: what it paid for, and
/// whether it began a subscription. False when nothing of that is new.
pub(crate) async fn learn(conn: &mut Conn, payment: &Payment) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE charge SET payload = CASE payload WHEN '' THEN $2 ELSE payload END,
             is_first = CASE WHEN $3 = 1 THEN 1 ELSE is_first END,
             is_renewal = CASE WHEN $4 = 1 THEN 1 ELSE is_renewal END
         WHERE id = $1 AND ((payload = '' AND $2 <> '') OR is_first < $3 OR is_renewal < $4)",
    )
    .bind(payment.charge.as_str())
    .bind(&payment.payload)
    .bind(i64::from(payment.is_first() == Some(true)))
    .bind(i64::from(payment.is_first() == Some(false)))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Charges by which a buyer may have begun subscriptions with an invoice, those first of which
/// Telegram said so: all that are not known to be renewals.
pub(crate) async fn may_have_begun(
    conn: &mut Conn,
    buyer: UserId,
    payload: &str,
) -> Result<Vec<ChargeId>> {
    let rows = sqlx::query(
        "SELECT id FROM charge WHERE buyer = $1 AND payload = $2 AND is_renewal = 0
         ORDER BY is_first DESC, paid_at, id LIMIT $3",
    )
    .bind(buyer.0)
    .bind(payload)
    .bind(limits::SUBSCRIPTIONS_ASKED)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// A charge, if it is booked.
pub(crate) async fn get(conn: &mut Conn, id: &ChargeId) -> Result<Option<Charge>> {
    let row = sqlx::query("SELECT * FROM charge WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Moves a charge on its way back, if it is still where it was seen.
pub(crate) async fn advance(
    conn: &mut Conn,
    charge: &Charge,
    to: ChargeState,
    reason: Option<&RefundReason>,
    now: UnixSeconds,
) -> Result<bool> {
    let reason = reason.map(serde_json::to_string).transpose();
    let done = sqlx::query(
        "UPDATE charge SET state = $3, refunded_at = $4, reason = COALESCE($5, reason)
         WHERE id = $1 AND state = $2",
    )
    .bind(charge.id.as_str())
    .bind(charge.state.as_str())
    .bind(to.as_str())
    .bind((to == ChargeState::Refunded).then_some(now.0))
    .bind(reason.map_err(StoreError::corrupt)?)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that Telegram's ledger holds the payment, or its refund.
pub(crate) async fn mark_seen(
    conn: &mut Conn,
    id: &ChargeId,
    back: bool,
    now: UnixSeconds,
) -> Result<()> {
    let mark = if back {
        "UPDATE charge SET back_seen_at = COALESCE(back_seen_at, $2) WHERE id = $1"
    } else {
        "UPDATE charge SET seen_at = COALESCE(seen_at, $2) WHERE id = $1"
    };
    let mark = sqlx::query(mark).bind(id.as_str()).bind(now.0);
    mark.execute(conn).await?;
    Ok(())
}

/// Charges that were booked before a time and that Telegram's ledger was not seen to hold, oldest
/// first. One that is an open difference or an accepted one is none to be found: a hundred of them
/// must not hide the next.
pub(crate) async fn unseen(
    conn: &mut Conn,
    before: UnixSeconds,
    most: i64,
) -> Result<Vec<ChargeId>> {
    let rows = sqlx::query(
        "SELECT id FROM charge WHERE seen_at IS NULL AND booked_at < $1
         AND currency = 'XTR' AND amount > 0
         AND NOT EXISTS (SELECT 1 FROM difference d
                         WHERE d.code = 'charge_not_in_telegram' AND d.subject = charge.id
                         AND d.state IN ('open', 'accepted'))
         ORDER BY booked_at LIMIT $2",
    );
    let rows = rows.bind(before.0).bind(most).fetch_all(conn).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// The same for refunds.
pub(crate) async fn back_unseen(
    conn: &mut Conn,
    before: UnixSeconds,
    most: i64,
) -> Result<Vec<ChargeId>> {
    let rows = sqlx::query(
        "SELECT id FROM charge WHERE state = 'refunded' AND back_seen_at IS NULL
         AND refunded_at < $1 AND currency = 'XTR' AND amount > 0
         AND NOT EXISTS (SELECT 1 FROM difference d
                         WHERE d.code = 'refund_not_in_telegram' AND d.subject = charge.id
                         AND d.state IN ('open', 'accepted'))
         ORDER BY refunded_at LIMIT $2",
    );
    let rows = rows.bind(before.0).bind(most).fetch_all(conn).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// A buyer's payments for an order that go back, or are back, in the order in which they were booked.
pub(crate) async fn returns_of(
    conn: &mut Conn,
    order: OrderId,
    buyer: UserId,
) -> Result<Vec<Return>> {
    let rows = sqlx::query(
        "SELECT state, currency, amount, reason FROM charge
         WHERE order_id = $1 AND buyer = $2 AND state <> 'granted' ORDER BY booked_at, id
         LIMIT $3",
    )
    .bind(order.to_string())
    .bind(buyer.0)
    .bind(limits::STORY_MOST)
    .fetch_all(conn)
    .await?;
    let returned = |row: &AnyRow| {
        let reason = row.opt_text("reason")?;
        Ok(Return {
            amount: stars(&row.text("currency")?, row.int("amount")?),
            // One that an older version wrote in another way is still a return.
            reason: reason.and_then(|reason| serde_json::from_str(&reason).ok()),
            is_back: row.text("state")? == ChargeState::Refunded.as_str(),
        })
    };
    rows.iter().map(returned).collect()
}

/// Refunds that are owed: how many, and how many Stars.
pub(crate) async fn owed(conn: &mut Conn) -> Result<(u64, Stars)> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS charges, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS stars
         FROM charge WHERE state = 'refunding' AND currency = 'XTR' AND amount > 0",
    )
    .fetch_one(conn)
    .await?;
    Ok((row.count("charges")?, row.stars("stars")?))
}

/// A charge as booked, for people to read beside Telegram's row.
pub(crate) async fn described(conn: &mut Conn, id: &ChargeId) -> Result<Value> {
    let row = sqlx::query("SELECT * FROM charge WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else {
        return Ok(Value::Null);
    };
    Ok(json!({
        "charge": row.text("id")?,
        "buyer": row.int("buyer")?,
        "order": row.opt_text("order_id")?,
        "currency": row.text("currency")?,
        "amount": row.int("amount")?,
        "state": row.text("state")?,
        "paid_at": row.int("paid_at")?,
        "refunded_at": row.opt_int("refunded_at")?,
    }))
}

fn read(row: &AnyRow) -> Result<Charge> {
    let state = row.text("state")?;
    let state = ChargeState::ALL.into_iter().find(|s| s.as_str() == state);
    Ok(Charge {
        id: row.parsed("id")?,
        buyer: row.user("buyer")?,
        order: row.opt_parsed("order_id")?,
        payload: row.text("payload")?,
        stars: stars(&row.text("currency")?, row.int("amount")?),
        state: state.ok_or_else(|| StoreError::corrupt("column state"))?,
    })
}

/// What a charge is worth in the books: other currencies and nonsense are kept, and count nothing.
pub(crate) fn stars(currency: &str, amount: i64) -> Stars {
    if currency == crate::domain::verdict::STARS_CURRENCY {
        Stars(u64::try_from(amount).unwrap_or(0))
    } else {
        Stars(0)
    }
}
