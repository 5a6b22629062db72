//! Pools: how many of something there are to sell. What is sold or held stays counted.

use std::collections::BTreeSet;

use super::{Conn, Result};
use crate::{
    domain::manifest::ManifestProduct,
    store::row::{RowExt, signed},
};

/// The pool of a product's edition: made, resized or lifted.
pub(super) async fn write_edition(conn: &mut Conn, product: &ManifestProduct) -> Result<()> {
    let (code, id) = (product.code.as_str(), format!("edition:{}", product.code));
    let Some(stock) = product.stock else {
        sqlx::query("UPDATE pool SET live = 0 WHERE id = $1")
            .bind(id)
            .execute(conn)
            .await?;
        return Ok(());
    };
    let counting = sqlx::query("SELECT live FROM pool WHERE id = $1")
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?
        .map(|row| row.flag("live"))
        .transpose()?;
    sqlx::query(
        "INSERT INTO pool (id, product, size, taken, live) VALUES ($1, $2, $3, 0, 1)
         ON CONFLICT (id) DO UPDATE SET size = excluded.size, live = 1",
    )
    .bind(&id)
    .bind(code)
    .bind(signed(stock)?)
    .execute(&mut *conn)
    .await?;
    if counting != Some(true) {
        count_earlier_sales(conn, code, &id).await?;
    }
    Ok(())
}

/// Counts what was sold while there was no limit: an edition of ten after seven sales has three
/// left. What is over holds no place any more.
async fn count_earlier_sales(conn: &mut Conn, product: &str, pool: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO hold (order_id, pool)
         SELECT id, $2 FROM orders
         WHERE product = $1 AND state IN ('opened', 'prechecked', 'paid', 'delivered')
           AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.order_id = orders.id
                           AND s.state IN ('lapsed', 'changed', 'refunded'))
         ON CONFLICT DO NOTHING",
    )
    .bind(product)
    .bind(pool)
    .execute(&mut *conn)
    .await?;
    count_holds(conn, pool).await
}

/// The code benefits of a product whose pools are for sale.
pub(super) async fn counting_codes(conn: &mut Conn, product: &str) -> Result<BTreeSet<String>> {
    let rows = sqlx::query(
        "SELECT benefit FROM pool WHERE product = $1 AND benefit IS NOT NULL AND live = 1",
    )
    .bind(product)
    // bounded by: BENEFITS_MOST
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| row.text("benefit")).collect()
}

/// The pool of a code benefit: as many as there are codes, given ones counted in.
pub(super) async fn write_codes(conn: &mut Conn, product: &str, benefit: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO pool (id, product, benefit, size, taken, live)
         SELECT $1, $2, $3, COUNT(*), 0, 1 FROM code WHERE benefit = $3
         ON CONFLICT (id) DO UPDATE SET size = excluded.size, live = 1",
    )
    .bind(codes_of(benefit))
    .bind(product)
    .bind(benefit)
    .execute(conn)
    .await?;
    Ok(())
}

/// Of a benefit that comes back: who paid while it was away got no code of it, and holds none.
pub(super) async fn count_given_codes(conn: &mut Conn, benefit: &str) -> Result<()> {
    sqlx::query(
        "DELETE FROM hold WHERE pool = $1
         AND order_id NOT IN (SELECT id FROM orders WHERE state IN ('opened', 'prechecked'))
         AND order_id NOT IN (SELECT e.order_id FROM code c
                              JOIN entitlement e ON e.id = c.entitlement WHERE c.benefit = $2)",
    )
    .bind(codes_of(benefit))
    .bind(benefit)
    .execute(&mut *conn)
    .await?;
    count_holds(conn, &codes_of(benefit)).await
}

fn codes_of(benefit: &str) -> String {
    format!("codes:{benefit}")
}

/// What is held or sold of a pool is what orders hold of it.
async fn count_holds(conn: &mut Conn, pool: &str) -> Result<()> {
    sqlx::query(
        "UPDATE pool SET taken = (SELECT COUNT(*) FROM hold WHERE hold.pool = pool.id)
         WHERE id = $1",
    )
    .bind(pool)
    .execute(conn)
    .await?;
    Ok(())
}
