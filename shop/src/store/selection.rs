//! Purchases chosen by a rule.

use super::{Conn, Result, row::RowExt};
use crate::{
    domain::{RefundRule, Refundable},
    limits,
};

/// What was paid for a product within a time and is still with the shop; oldest first.
pub(crate) async fn refundable(conn: &mut Conn, rule: &RefundRule) -> Result<Vec<Refundable>> {
    let rows = sqlx::query(
        "SELECT o.id, c.id AS charge, o.price FROM charge c JOIN orders o ON o.id = c.order_id
         WHERE o.product = $1 AND c.state = 'granted' AND c.paid_at >= $2 AND c.paid_at < $3
         ORDER BY c.paid_at, c.id LIMIT $4",
    )
    .bind(rule.product.as_str())
    .bind(rule.since.0)
    .bind(rule.until.0)
    .bind(limits::REFUNDS_BATCH)
    .fetch_all(conn)
    .await?;
    let one = |row: &sqlx::any::AnyRow| {
        Ok(Refundable {
            order: row.parsed("id")?,
            charge: row.parsed("charge")?,
            stars: row.stars("price")?,
        })
    };
    rows.iter().map(one).collect()
}
