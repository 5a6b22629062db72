//! Promo codes, and how often they are used.

use sqlx::any::AnyRow;

use super::{Conn, Result, StoreError, row::RowExt};
use crate::domain::{
    Discount, OrderId, ProductCode, Promo, PromoCode, Refusal, Stars, UnixSeconds, UserId,
};

/// A code that the catalogue names, if it does.
pub(crate) async fn get(conn: &mut Conn, code: &PromoCode) -> Result<Option<Promo>> {
    let row = sqlx::query("SELECT * FROM promo WHERE code = $1 AND live = 1")
        .bind(code.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    // bounded by: the products of the catalogue.
    let products =
        sqlx::query("SELECT product FROM promo_product WHERE promo = $1 ORDER BY product")
            .bind(code.as_str())
            .fetch_all(conn)
            .await?;
    let mut promo = read(&row)?;
    for row in &products {
        promo.products.push(row.parsed("product")?);
    }
    Ok(Some(promo))
}

/// A row, without the products.
pub(super) fn read(row: &AnyRow) -> Result<Promo> {
    let discount = match (row.opt_count("percent_off")?, row.opt_count("stars_off")?) {
        (Some(percent), _) => {
            Discount::Percent(u8::try_from(percent).map_err(StoreError::corrupt)?)
        }
        (None, Some(off)) => Discount::Stars(Stars(off)),
        (None, None) => return Err(StoreError::corrupt("a promo code without a discount")),
    };
    let per_buyer = row.opt_count("per_buyer")?;
    Ok(Promo {
        code: row.parsed("code")?,
        discount,
        uses: row.opt_count("uses")?,
        per_buyer: per_buyer.map(|cap| u32::try_from(cap).unwrap_or(u32::MAX)),
        starts: row.opt_time("starts_at")?,
        ends: row.opt_time("ends_at")?,
        products: Vec::new(),
    })
}

/// Takes a use for an order that is about to be stored; [`note`] then says whose it is. The refusal
/// says that there is none left: the transaction must then be dropped.
pub(crate) async fn take(
    conn: &mut Conn,
    code: &PromoCode,
    buyer: UserId,
) -> Result<Result<(), Refusal>> {
    let one = sqlx::query(
        "UPDATE promo SET taken = taken + 1 WHERE code = $1 AND (uses IS NULL OR taken < uses)",
    )
    .bind(code.as_str())
    .execute(&mut *conn)
    .await?;
    if one.rows_affected() != 1 {
        return Ok(Err(Refusal::PromoUsedUp));
    }
    let own = sqlx::query(
        "INSERT INTO promo_buyer (promo, buyer, taken) VALUES ($1, $2, 1)
         ON CONFLICT (promo, buyer) DO UPDATE SET taken = promo_buyer.taken + 1
         WHERE promo_buyer.taken < (SELECT COALESCE(p.per_buyer, $3) FROM promo p
                                    WHERE p.code = $1)",
    )
    .bind(code.as_str())
    .bind(buyer.0)
    .bind(i64::MAX)
    .execute(conn)
    .await?;
    Ok(match own.rows_affected() {
        1 => Ok(()),
        _ => Err(Refusal::PromoUsed),
    })
}

/// Notes that an order has the use that was taken.
pub(crate) async fn note(
    conn: &mut Conn,
    order: OrderId,
    code: &PromoCode,
    buyer: UserId,
) -> Result<()> {
    sqlx::query("INSERT INTO promo_use (order_id, promo, buyer) VALUES ($1, $2, $3)")
        .bind(order.to_string())
        .bind(code.as_str())
        .bind(buyer.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// The use of an order that was not paid is free again.
pub(crate) async fn release(
    conn: &mut Conn,
    order: OrderId,
    code: &PromoCode,
    buyer: UserId,
) -> Result<()> {
    let freed = sqlx::query(
        "UPDATE promo SET taken = taken - 1 WHERE code = $1
         AND EXISTS (SELECT 1 FROM promo_use u WHERE u.order_id = $2)",
    )
    .bind(code.as_str())
    .bind(order.to_string())
    .execute(&mut *conn)
    .await?;
    if freed.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query("UPDATE promo_buyer SET taken = taken - 1 WHERE promo = $1 AND buyer = $2")
        .bind(code.as_str())
        .bind(buyer.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM promo_use WHERE order_id = $1")
        .bind(order.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Open orders with a code whose time is over.
pub(crate) async fn due(
    conn: &mut Conn,
    code: &PromoCode,
    now: UnixSeconds,
    most: i64,
) -> Result<Vec<OrderId>> {
    let rows = sqlx::query(
        "SELECT id FROM orders WHERE promo = $1 AND expires_at <= $2
         AND state IN ('opened', 'prechecked') ORDER BY expires_at LIMIT $3",
    )
    .bind(code.as_str())
    .bind(now.0)
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Whether all uses of a code are held or spent.
pub(crate) async fn is_used_up(conn: &mut Conn, code: &PromoCode) -> Result<bool> {
    let row = sqlx::query("SELECT 1 AS used_up FROM promo WHERE code = $1 AND taken >= uses")
        .bind(code.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Whether the catalogue names a code that may help with a product.
pub(crate) async fn is_offered(conn: &mut Conn, product: &ProductCode) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS offered FROM promo p WHERE p.live = 1
         AND (EXISTS (SELECT 1 FROM promo_product g WHERE g.promo = p.code AND g.product = $1)
              OR NOT EXISTS (SELECT 1 FROM promo_product g WHERE g.promo = p.code)) LIMIT 1",
    )
    .bind(product.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}
