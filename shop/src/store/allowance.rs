//! How many of a product one buyer has or holds.

use super::{Conn, Result};
use crate::domain::{ProductCode, UserId};

/// How many a buyer may have where so many of them run and give way to the next: a new plan takes
/// the place of the one before.
pub(crate) fn cap(per_buyer: Option<u64>, running: u64) -> Option<u32> {
    per_buyer.map(|cap| u32::try_from(cap.saturating_add(running)).unwrap_or(u32::MAX))
}

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
