//! Copies set aside for an order.

use sqlx::Row;

use super::{Conn, Result};
use crate::domain::{OrderId, ProductCode};

/// Takes one copy from each pool of the product that the order has none of yet: `wanted` of them, as
/// far as is known. Gives of how many, which are fewer where some are empty.
pub(crate) async fn take(
    conn: &mut Conn,
    order: OrderId,
    product: &ProductCode,
    wanted: u64,
) -> Result<u64> {
    if wanted == 0 {
        return Ok(0);
    }
    let order = order.to_string();
    // bounded by: the pools of one product, one a benefit and its edition.
    let taken = sqlx::query(
        "UPDATE pool SET taken = taken + 1
         WHERE product = $1 AND live = 1 AND taken < size
           AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.order_id = $2 AND hold.pool = pool.id)
         RETURNING id",
    )
    .bind(product.as_str())
    .bind(&order)
    .fetch_all(&mut *conn)
    .await?;
    let count = taken.len() as u64;
    for row in taken {
        sqlx::query("INSERT INTO hold (order_id, pool) VALUES ($1, $2)")
            .bind(&order)
            .bind(row.try_get::<String, _>(0)?)
            .execute(&mut *conn)
            .await?;
    }
    Ok(count)
}

/// Benefits of whose codes an order holds one.
pub(crate) async fn benefits(conn: &mut Conn, order: OrderId) -> Result<Vec<String>> {
    // bounded by: BENEFITS_MOST, which a catalogue may give a product.
    let rows = sqlx::query(
        "SELECT pool.benefit FROM hold JOIN pool ON pool.id = hold.pool
         WHERE hold.order_id = $1 AND pool.benefit IS NOT NULL",
    )
    .bind(order.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// What becomes of the copies of an order that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Release {
    /// It was never paid: all are for sale again.
    All,
    /// It was paid and given back: copies of an edition are for sale again, codes are not, for
    /// somebody has seen them.
    Editions,
}

/// Puts copies of an order back.
pub(crate) async fn release(conn: &mut Conn, order: OrderId, what: Release) -> Result<()> {
    let order = order.to_string();
    let (count, forget) = match what {
        Release::All => (
            "UPDATE pool SET taken = taken - 1
             WHERE id IN (SELECT pool FROM hold WHERE order_id = $1)",
            "DELETE FROM hold WHERE order_id = $1",
        ),
        Release::Editions => (
            "UPDATE pool SET taken = taken - 1
             WHERE benefit IS NULL AND id IN (SELECT pool FROM hold WHERE order_id = $1)",
            "DELETE FROM hold WHERE order_id = $1
             AND pool IN (SELECT id FROM pool WHERE benefit IS NULL)",
        ),
    };
    for statement in [count, forget] {
        sqlx::query(statement)
            .bind(&order)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
