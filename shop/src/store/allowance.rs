//! How many of a product one buyer has or holds.

use super::{Conn, Result};
use crate::domain::{ProductCode, UserId};

/// Counts one more, unless that would pass the cap. Whether it was counted.
///
/// One statement decides, on the newest row: two orders of one buyer cannot both take the last.
pub(crate) async fn take(
    conn: &mut Conn,
    buyer: UserId,
    product: &ProductCode,
    cap: Option<u32>,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO allowance (buyer, product, taken) VALUES ($1, $2, 1)
         ON CONFLICT (buyer, product) DO UPDATE SET taken = allowance.taken + 1
         WHERE allowance.taken < $3",
    )
    .bind(buyer.0)
    .bind(product.as_str())
    .bind(cap.map_or(i64::MAX, i64::from))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts one less.
pub(crate) async fn give_back(conn: &mut Conn, buyer: UserId, product: &ProductCode) -> Result<()> {
    sqlx::query("UPDATE allowance SET taken = taken - 1 WHERE buyer = $1 AND product = $2")
        .bind(buyer.0)
        .bind(product.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
