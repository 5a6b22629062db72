//! Promo codes. What was used of one stays counted.

use std::collections::HashMap;

use super::{Conn, Result, place};
use crate::{
    domain::{Discount, ProductCode, Promo},
    store::{
        promo,
        row::{RowExt, signed},
    },
};

/// Writes the codes themselves; others are withdrawn.
pub(super) async fn write_all(conn: &mut Conn, promos: &[Promo]) -> Result<()> {
    sqlx::query("UPDATE promo SET live = 0")
        .execute(&mut *conn)
        .await?;
    for (position, promo) in promos.iter().enumerate() {
        let (percent, stars) = match promo.discount {
            Discount::Percent(percent) => (Some(i64::from(percent)), None),
            Discount::Stars(off) => (None, Some(signed(off.0)?)),
        };
        sqlx::query(
            "INSERT INTO promo (code, percent_off, stars_off, uses, per_buyer, starts_at, ends_at,
                                position, live)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
             ON CONFLICT (code) DO UPDATE SET percent_off = excluded.percent_off,
                 stars_off = excluded.stars_off, uses = excluded.uses,
                 per_buyer = excluded.per_buyer, starts_at = excluded.starts_at,
                 ends_at = excluded.ends_at, position = excluded.position, live = 1",
        )
        .bind(promo.code.as_str())
        .bind(percent)
        .bind(stars)
        .bind(promo.uses.map(signed).transpose()?)
        .bind(promo.per_buyer.map(i64::from))
        .bind(promo.starts.map(|at| at.0))
        .bind(promo.ends.map(|at| at.0))
        .bind(place(position))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Writes what they are good for, once the products are there.
pub(super) async fn write_products(conn: &mut Conn, promos: &[Promo]) -> Result<()> {
    sqlx::query("DELETE FROM promo_product")
        .execute(&mut *conn)
        .await?;
    for promo in promos {
        for product in &promo.products {
            sqlx::query("INSERT INTO promo_product (promo, product) VALUES ($1, $2)")
                .bind(promo.code.as_str())
                .bind(product.as_str())
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}

/// The codes that the catalogue names.
pub(super) async fn read_all(conn: &mut Conn) -> Result<Vec<Promo>> {
    let mut products: HashMap<String, Vec<ProductCode>> = HashMap::new();
    // bounded by: the catalogue that is for sale.
    let rows = sqlx::query("SELECT promo, product FROM promo_product ORDER BY product")
        .fetch_all(&mut *conn)
        .await?;
    for row in &rows {
        let of = products.entry(row.text("promo")?).or_default();
        of.push(row.parsed("product")?);
    }
    // bounded by: the catalogue that is for sale.
    let rows = sqlx::query("SELECT * FROM promo WHERE live = 1 ORDER BY position")
        .fetch_all(conn)
        .await?;
    let whole = |row: &sqlx::any::AnyRow| {
        let products = products.remove(&row.text("code")?).unwrap_or_default();
        Ok(Promo {
            products,
            ..promo::read(row)?
        })
    };
    rows.iter().map(whole).collect()
}
