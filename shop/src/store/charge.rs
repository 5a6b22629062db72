//! Charges: what Telegram took.

use super::{Conn, Result, StoreError, row::RowExt};
use crate::domain::{
    ChargeId, ChargeState, OrderId, Payment, RefundReason, Stars, UnixSeconds, UserId,
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
    /// Whole Stars; zero where the currency was another one.
    pub(crate) stars: Stars,
    /// Where it stands.
    pub(crate) state: ChargeState,
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
                             paid_at, booked_at, refunded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
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
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A charge, if it is booked.
pub(crate) async fn get(conn: &mut Conn, id: &ChargeId) -> Result<Option<Charge>> {
    let row = sqlx::query("SELECT * FROM charge WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let state = row.text("state")?;
    let state = ChargeState::ALL.into_iter().find(|s| s.as_str() == state);
    Ok(Some(Charge {
        id: row.parsed("id")?,
        buyer: row.user("buyer")?,
        order: row.opt_parsed("order_id")?,
        stars: stars(&row.text("currency")?, row.int("amount")?),
        state: state.ok_or_else(|| StoreError::corrupt("column state"))?,
    }))
}

/// Moves a charge on its way back, if it is still where it was seen.
pub(crate) async fn advance(
    conn: &mut Conn,
    charge: &Charge,
    to: ChargeState,
    now: UnixSeconds,
) -> Result<bool> {
    let done =
        sqlx::query("UPDATE charge SET state = $3, refunded_at = $4 WHERE id = $1 AND state = $2")
            .bind(charge.id.as_str())
            .bind(charge.state.as_str())
            .bind(to.as_str())
            .bind((to == ChargeState::Refunded).then_some(now.0))
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// What a charge is worth in the books: other currencies and nonsense are kept, and count nothing.
pub(crate) fn stars(currency: &str, amount: i64) -> Stars {
    if currency == crate::domain::verdict::STARS_CURRENCY {
        Stars(u64::try_from(amount).unwrap_or(0))
    } else {
        Stars(0)
    }
}
