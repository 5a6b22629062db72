//! Numbered copies of an edition.

use std::collections::HashMap;

use super::{Conn, Result, StoreError, order::in_library, row::RowExt};
use crate::{
    domain::{CopyNumber, OrderId, ProductCode, UserId},
    limits,
};

/// Gives the order the lowest number of its product's edition that nobody has. Nothing happens
/// where copies are not numbered, or the order has its number.
pub(crate) async fn give(conn: &mut Conn, order: OrderId, product: &ProductCode) -> Result<()> {
    let pool = sqlx::query(
        "SELECT l.id FROM pool l JOIN product p ON p.code = l.product
         WHERE l.product = $1 AND l.benefit IS NULL AND l.live = 1 AND p.numbered = 1
           AND NOT EXISTS (SELECT 1 FROM copy c WHERE c.order_id = $2)",
    )
    .bind(product.as_str())
    .bind(order.to_string())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(pool) = pool else { return Ok(()) };
    let pool = pool.text("id")?;
    for _ in 0..limits::CODE_TRIES {
        if let Some(free) = free(conn, &pool).await? {
            // On PostgreSQL another settle may have taken it since: then the next one is tried.
            if take(conn, &pool, free, order).await? {
                return Ok(());
            }
            continue;
        }
        return next(conn, &pool, order).await;
    }
    Err(StoreError::Contended)
}

/// The lowest number that came back.
async fn free(conn: &mut Conn, pool: &str) -> Result<Option<i64>> {
    let row = sqlx::query(
        "SELECT number FROM copy WHERE pool = $1 AND order_id IS NULL ORDER BY number LIMIT 1",
    )
    .bind(pool)
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.int("number")).transpose()
}

async fn take(conn: &mut Conn, pool: &str, number: i64, order: OrderId) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE copy SET order_id = $3 WHERE pool = $1 AND number = $2 AND order_id IS NULL",
    )
    .bind(pool)
    .bind(number)
    .bind(order.to_string())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A number that was never given. Who is given one holds a place, so numbers stay within the
/// edition; unless the edition was made smaller than its holders are. They paid for a numbered copy
/// all the same: each gets a number, and none gets another's.
async fn next(conn: &mut Conn, pool: &str, order: OrderId) -> Result<()> {
    let row = sqlx::query("UPDATE pool SET numbers = numbers + 1 WHERE id = $1 RETURNING numbers")
        .bind(pool)
        .fetch_one(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO copy (pool, number, order_id) VALUES ($1, $2, $3)")
        .bind(pool)
        .bind(row.int("numbers")?)
        .bind(order.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// The number of an order comes back.
pub(crate) async fn release(conn: &mut Conn, order: OrderId) -> Result<()> {
    sqlx::query("UPDATE copy SET order_id = NULL WHERE order_id = $1")
        .bind(order.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// The copy that an order got.
pub(crate) async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Option<CopyNumber>> {
    let row = sqlx::query(
        "SELECT c.number, l.numbers, l.size FROM copy c JOIN pool l ON l.id = c.pool WHERE c.order_id = $1",
    )
    .bind(order.to_string())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

/// The copies of a buyer's library, by order.
pub(crate) async fn of_buyer(
    conn: &mut Conn,
    buyer: UserId,
) -> Result<HashMap<OrderId, CopyNumber>> {
    // bounded by: the LIMIT of a library.
    let rows = sqlx::query(concat!(
        "SELECT c.order_id, c.number, l.numbers, l.size FROM copy c
         JOIN pool l ON l.id = c.pool WHERE c.order_id IN ",
        in_library!("$2")
    ))
    .bind(buyer.0)
    .bind(limits::LIBRARY_MOST)
    .fetch_all(conn)
    .await?;
    let with_order = |row: &sqlx::any::AnyRow| Ok((row.parsed("order_id")?, read(row)?));
    rows.iter().map(with_order).collect()
}

fn read(row: &sqlx::any::AnyRow) -> Result<CopyNumber> {
    Ok(CopyNumber {
        number: row.count("number")?,
        // As many as were given, where the edition was made smaller since.
        of: row.count("size")?.max(row.count("numbers")?),
    })
}
