//! The benefits of a product, as far as granting needs them.

use super::{Conn, Result, row::RowExt};
use crate::domain::Order;

/// A benefit to grant.
#[derive(Debug)]
pub(crate) struct Grantable {
    /// Its row.
    pub(crate) id: String,
    /// Whether each buyer gets a code of their own.
    pub(crate) is_code: bool,
}

/// What the product of an order gives now and the order has not given, taken back or not, in the
/// seller's order.
pub(crate) async fn grantable(conn: &mut Conn, order: &Order) -> Result<Vec<Grantable>> {
    // bounded by: BENEFITS_MOST, which a catalogue may give a product.
    let rows = sqlx::query(
        "SELECT b.id, b.kind FROM benefit b WHERE b.product = $1 AND b.live = 1
           AND NOT EXISTS (SELECT 1 FROM entitlement e WHERE e.order_id = $2 AND e.benefit = b.id)
         ORDER BY b.position",
    )
    .bind(order.product.as_str())
    .bind(order.id.to_string())
    .fetch_all(conn)
    .await?;
    let grantable = |row: &sqlx::any::AnyRow| {
        Ok(Grantable {
            id: row.text("id")?,
            is_code: row.text("kind")? == "code",
        })
    };
    rows.iter().map(grantable).collect()
}
