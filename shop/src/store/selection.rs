//! Orders chosen by a rule.

use super::{Conn, Result, row::RowExt};
use crate::{
    domain::{OrderId, RefundRule, Stars},
    limits,
};

/// Paid orders of a product, paid within a time, whose money is still with the shop; oldest first.
pub(crate) async fn refundable(
    conn: &mut Conn,
    rule: &RefundRule,
) -> Result<Vec<(OrderId, Stars)>> {
    let rows = sqlx::query(
        "SELECT o.id, o.price FROM orders o JOIN charge c ON c.id = o.charge
         WHERE o.product = $1 AND o.state IN ('paid', 'delivered') AND c.state = 'granted'
           AND o.paid_at >= $2 AND o.paid_at < $3
         ORDER BY o.paid_at, o.id LIMIT $4",
    )
    .bind(rule.product.as_str())
    .bind(rule.since.0)
    .bind(rule.until.0)
    .bind(limits::REFUNDS_BATCH)
    .fetch_all(conn)
    .await?;
    let order = |row: &sqlx::any::AnyRow| Ok((row.parsed("id")?, row.stars("price")?));
    rows.iter().map(order).collect()
}
