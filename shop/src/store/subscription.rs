//! Rights for a time, and what was paid for them.

use sqlx::any::AnyRow;

use super::{Conn, Result, order::in_library, row::RowExt};
use crate::{
    domain::{
        ChargeId, HeardBy, OrderId, Period, ProductCode, Standing, Subscription, UnixSeconds,
        UserId,
    },
    limits,
};

/// A subscription as it was read.
#[derive(Debug)]
pub(crate) struct Known {
    /// What it says.
    pub(crate) subscription: Subscription,
    /// When it began.
    pub(crate) began_at: UnixSeconds,
    /// Which of its versions this is.
    version: i64,
}

// The order has what the buyer agreed to.
macro_rules! select {
    ($condition:expr) => {
        concat!(
            "SELECT s.*, o.title, o.price, COALESCE(o.list_price, o.price) AS list_price, o.term, o.term_seconds
             FROM subscription s JOIN orders o ON o.id = s.order_id WHERE ",
            $condition
        )
    };
}

/// Stores a new one. `credit_from` names the order whose plan it continues.
pub(crate) async fn insert(
    conn: &mut Conn,
    new: &Subscription,
    credit_from: Option<OrderId>,
    now: UnixSeconds,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO subscription (order_id, buyer, product, state, paid_until, credit,
                                   credit_from, due_at, began_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.order.to_string())
    .bind(new.buyer.0)
    .bind(new.product.as_str())
    .bind(new.state.as_str())
    .bind(new.paid_until.0)
    .bind(new.credit)
    .bind(credit_from.map(|order| order.to_string()))
    .bind(new.due_at().map(|due| due.0))
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what became of one. False when another writer changed it since it was read.
pub(crate) async fn save(
    conn: &mut Conn,
    known: &Known,
    next: &Subscription,
    now: UnixSeconds,
) -> Result<bool> {
    let ended_at = (!next.state.is_running()).then_some(now.0);
    let done = sqlx::query(
        "UPDATE subscription SET state = $3, stopped_by = $4, paid_until = $5, credit = $6,
             reminded_of = $7, due_at = $8, version = version + 1,
             ended_at = CASE WHEN state = $3 THEN ended_at ELSE $9 END
         WHERE order_id = $1 AND version = $2",
    )
    .bind(next.order.to_string())
    .bind(known.version)
    .bind(next.state.as_str())
    .bind(next.stopped_by.map(|by| by.as_str()))
    .bind(next.paid_until.0)
    .bind(next.credit)
    .bind(next.reminded_of.map(|of| of.0))
    .bind(next.due_at().map(|due| due.0))
    .bind(ended_at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The subscription that an order began.
pub(crate) async fn get(conn: &mut Conn, order: OrderId) -> Result<Option<Known>> {
    let row = sqlx::query(select!("s.order_id = $1"))
        .bind(order.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The subscription of an order with its paid periods.
pub(crate) async fn standing(conn: &mut Conn, order: OrderId) -> Result<Option<Standing>> {
    let Some(known) = get(conn, order).await? else {
        return Ok(None);
    };
    Ok(Some(Standing {
        subscription: known.subscription,
        periods: periods(conn, order).await?,
    }))
}

/// Those of a buyer's library, over or not.
pub(crate) async fn of_buyer(conn: &mut Conn, buyer: UserId) -> Result<Vec<Subscription>> {
    // bounded by: the LIMIT of a library.
    let rows = sqlx::query(select!(concat!("s.order_id IN ", in_library!("$2"))))
        .bind(buyer.0)
        .bind(limits::LIBRARY_MOST)
        .fetch_all(conn)
        .await?;
    let read = |row: &AnyRow| Ok(read(row)?.subscription);
    rows.iter().map(read).collect()
}

/// What a buyer has of a product by other orders than this one, or may have again: Telegram may
/// still renew what is over here.
pub(crate) async fn alive(
    conn: &mut Conn,
    buyer: UserId,
    product: &ProductCode,
    besides: OrderId,
) -> Result<Vec<Known>> {
    // bounded by: the plan that is paid next, which ends all of these in the same transaction.
    let rows = sqlx::query(select!(
        "s.buyer = $1 AND s.product = $2 AND s.order_id <> $3
         AND (s.state IN ('active', 'canceled', 'failed')
              OR (s.state = 'lapsed' AND o.term = 'subscription')) ORDER BY s.order_id"
    ))
    .bind(buyer.0)
    .bind(product.as_str())
    .bind(besides.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// The subscription that got what was left of this order's.
pub(crate) async fn credited(conn: &mut Conn, from: OrderId) -> Result<Option<Known>> {
    let row = sqlx::query(select!("s.credit_from = $1"))
        .bind(from.to_string())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Those about which something is to be done by itself, longest due first.
pub(crate) async fn due(conn: &mut Conn, now: UnixSeconds, most: i64) -> Result<Vec<OrderId>> {
    let rows = sqlx::query(
        "SELECT order_id FROM subscription WHERE due_at <= $1 ORDER BY due_at LIMIT $2",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("order_id")).collect()
}

/// Notes what a charge paid for.
pub(crate) async fn add_period(
    conn: &mut Conn,
    order: OrderId,
    charge: &ChargeId,
    period: Period,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO period (charge, order_id, starts_at, ends_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(charge.as_str())
    .bind(order.to_string())
    .bind(period.starts_at.0)
    .bind(period.ends_at.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the money of a period went back. Gives the period; nothing when this charge paid for
/// none, or it was noted before.
pub(crate) async fn end_period(
    conn: &mut Conn,
    charge: &ChargeId,
    now: UnixSeconds,
) -> Result<Option<Period>> {
    let row = sqlx::query(
        "UPDATE period SET back_at = $2 WHERE charge = $1 AND back_at IS NULL
         RETURNING starts_at, ends_at",
    )
    .bind(charge.as_str())
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(period).transpose()
}

/// What is paid of a subscription and was not given back, in order.
pub(crate) async fn periods(conn: &mut Conn, order: OrderId) -> Result<Vec<Period>> {
    // bounded by: the time that has passed, a row a period: what pays for the same time goes back.
    let rows = sqlx::query(
        "SELECT starts_at, ends_at FROM period WHERE order_id = $1 AND back_at IS NULL
         ORDER BY starts_at",
    )
    .bind(order.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(period).collect()
}

fn period(row: &AnyRow) -> Result<Period> {
    Ok(Period {
        starts_at: row.time("starts_at")?,
        ends_at: row.time("ends_at")?,
    })
}

/// The charge by which Telegram knows the subscription: the last that began it, or the earliest,
/// where Telegram's ledger alone told of them and did not say.
pub(crate) async fn first_charge(conn: &mut Conn, order: OrderId) -> Result<Option<ChargeId>> {
    charge_at(
        conn,
        "SELECT p.charge FROM period p JOIN charge c ON c.id = p.charge WHERE p.order_id = $1
         ORDER BY c.is_first DESC, p.starts_at * (1 - 2 * c.is_first) LIMIT 1",
        order,
    )
    .await
}

/// Whether Telegram's ledger told of the last period whose money is not back, before any update did.
pub(crate) async fn is_last_from_ledger(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT c.heard_by FROM period p JOIN charge c ON c.id = p.charge
         WHERE p.order_id = $1 AND p.back_at IS NULL ORDER BY p.starts_at DESC LIMIT 1",
    )
    .bind(order.to_string())
    .fetch_optional(conn)
    .await?;
    let heard_by = row.map(|row| row.text("heard_by")).transpose()?;
    Ok(heard_by.is_some_and(|by| by == HeardBy::Ledger.as_str()))
}

/// The charge that pays for the last period whose money is not back.
pub(crate) async fn last_charge(conn: &mut Conn, order: OrderId) -> Result<Option<ChargeId>> {
    charge_at(
        conn,
        "SELECT charge FROM period WHERE order_id = $1 AND back_at IS NULL
         ORDER BY starts_at DESC LIMIT 1",
        order,
    )
    .await
}

async fn charge_at(
    conn: &mut Conn,
    statement: &'static str,
    order: OrderId,
) -> Result<Option<ChargeId>> {
    let row = sqlx::query(statement)
        .bind(order.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.parsed("charge")).transpose()
}

fn read(row: &AnyRow) -> Result<Known> {
    Ok(Known {
        began_at: row.time("began_at")?,
        version: row.int("version")?,
        subscription: Subscription {
            order: row.parsed("order_id")?,
            buyer: row.user("buyer")?,
            product: row.parsed("product")?,
            title: row.text("title")?,
            price: row.stars("price")?,
            list_price: row.stars("list_price")?,
            term: row.term()?,
            state: row.parsed("state")?,
            stopped_by: row.opt_parsed("stopped_by")?,
            paid_until: row.time("paid_until")?,
            credit: row.int("credit")?,
            reminded_of: row.opt_time("reminded_of")?,
        },
    })
}
