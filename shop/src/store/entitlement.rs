//! Rights to benefits.

use sqlx::AssertSqlSafe;

use super::{
    Conn, Result,
    row::{RowExt, placeholders},
};
use crate::{
    domain::{EntitlementId, Order, OrderId, UnixSeconds, UserId},
    limits,
};

/// Grants benefits of an order, each by its row. The table refuses to grant one twice.
pub(crate) async fn grant(
    conn: &mut Conn,
    order: &Order,
    rights: &[(EntitlementId, &str)],
    now: UnixSeconds,
) -> Result<()> {
    if rights.is_empty() {
        return Ok(());
    }
    let rows = placeholders(rights.len(), 5);
    let statement =
        format!("INSERT INTO entitlement (id, order_id, buyer, benefit, granted_at) VALUES {rows}");
    let mut insert = sqlx::query(AssertSqlSafe(statement));
    for (id, benefit) in rights {
        insert = insert
            .bind(id.to_string())
            .bind(order.id.to_string())
            .bind(order.buyer.0)
            .bind((*benefit).to_owned())
            .bind(now.0);
    }
    insert.execute(conn).await?;
    Ok(())
}

/// Takes all benefits of an order back.
pub(crate) async fn revoke_all(conn: &mut Conn, order: OrderId, now: UnixSeconds) -> Result<()> {
    sqlx::query(
        "UPDATE entitlement SET revoked_at = $2 WHERE order_id = $1 AND revoked_at IS NULL",
    )
    .bind(order.to_string())
    .bind(now.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives all benefits of an order again.
pub(crate) async fn restore_all(conn: &mut Conn, order: OrderId) -> Result<()> {
    sqlx::query("UPDATE entitlement SET revoked_at = NULL WHERE order_id = $1")
        .bind(order.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes the first time that a benefit was sent; the order that it belongs to, if it exists.
pub(crate) async fn mark_sent(
    conn: &mut Conn,
    id: EntitlementId,
    now: UnixSeconds,
) -> Result<Option<OrderId>> {
    let row = sqlx::query(
        "UPDATE entitlement SET sent_at = COALESCE(sent_at, $2) WHERE id = $1 RETURNING order_id",
    )
    .bind(id.to_string())
    .bind(now.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.parsed("order_id")).transpose()
}

/// Whether nothing of an order is left to send.
pub(crate) async fn all_sent(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS unsent FROM entitlement
         WHERE order_id = $1 AND sent_at IS NULL AND revoked_at IS NULL",
    )
    .bind(order.to_string())
    .fetch_one(conn)
    .await?;
    Ok(row.int("unsent")? == 0)
}

/// What a buyer has a right to and was never sent, oldest first, in the seller's order. What is beyond the bound is found the
/// next time, and is in the library all the while.
pub(crate) async fn unsent_of(conn: &mut Conn, buyer: UserId) -> Result<Vec<EntitlementId>> {
    let rows = sqlx::query(
        "SELECT e.id FROM entitlement e JOIN benefit b ON b.id = e.benefit
         WHERE e.buyer = $1 AND e.sent_at IS NULL AND e.revoked_at IS NULL
         ORDER BY e.granted_at, b.position, e.id LIMIT $2",
    )
    .bind(buyer.0)
    .bind(limits::UNSENT_MOST)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Whether this is the buyer's own right, and still good.
pub(crate) async fn is_good(conn: &mut Conn, id: EntitlementId, buyer: UserId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS good FROM entitlement WHERE id = $1 AND buyer = $2 AND revoked_at IS NULL",
    )
    .bind(id.to_string())
    .bind(buyer.0)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}
