//! Rows that a step keeps until it ends, so that what it reads of them stays true.
//!
//! These are the only statements that PostgreSQL alone runs: on SQLite, whoever writes has the whole
//! database since it began.

use sqlx::{Any, query::Query};

use super::{Conn, Result};
use crate::domain::{OrderId, ProductCode, UserId};

/// The name by which sqlx knows SQLite.
const SQLITE: &str = "SQLite";

/// Makes a catalogue that is brought in wait for the end of this transaction, and this one for a
/// catalogue under way: what is read of the product's pools and benefits from now on stays true.
/// Others who sell the product don't wait.
///
/// First of all locks in a step, as it is in bringing in a catalogue, but for the profile that no step locks.
pub(crate) async fn product(conn: &mut Conn, code: &ProductCode) -> Result<()> {
    let share = sqlx::query("SELECT code FROM product WHERE code = $1 FOR SHARE");
    take(conn, share.bind(code.as_str())).await
}

/// The same for the product of an order, where there is such an order.
pub(crate) async fn product_of(conn: &mut Conn, order: OrderId) -> Result<()> {
    let share = sqlx::query(
        "SELECT code FROM product WHERE code = (SELECT product FROM orders WHERE id = $1) FOR SHARE",
    );
    take(conn, share.bind(order.to_string())).await
}

/// Makes all others who would write this order's subscription wait for this transaction. Nothing
/// where there is none yet.
pub(crate) async fn subscription(conn: &mut Conn, order: OrderId) -> Result<()> {
    let own =
        sqlx::query("SELECT order_id FROM subscription WHERE order_id = $1 FOR NO KEY UPDATE");
    take(conn, own.bind(order.to_string())).await
}

/// Makes all others who would write about this buyer's rights to the product wait for this
/// transaction. Its row, the allowance, is there since the first order. Whether somebody may have
/// written since this transaction began, so that what it read before is to be read again.
pub(crate) async fn rights(conn: &mut Conn, buyer: UserId, product: &ProductCode) -> Result<bool> {
    let own = sqlx::query(
        "SELECT taken FROM allowance WHERE buyer = $1 AND product = $2 FOR NO KEY UPDATE",
    );
    take(conn, own.bind(buyer.0).bind(product.as_str())).await?;
    Ok(conn.backend_name() != SQLITE)
}

/// Makes all others who would lease rows of a queue table wait for this transaction.
pub(crate) async fn turn(conn: &mut Conn, table: &'static str) -> Result<()> {
    let own = sqlx::query("SELECT name FROM turn WHERE name = $1 FOR NO KEY UPDATE");
    take(conn, own.bind(table)).await
}

async fn take(conn: &mut Conn, lock: Query<'_, Any, sqlx::any::AnyArguments>) -> Result<()> {
    if conn.backend_name() != SQLITE {
        lock.execute(conn).await?;
    }
    Ok(())
}
