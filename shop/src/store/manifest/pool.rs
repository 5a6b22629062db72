//! Pools: how many of something there are to sell. What is sold or held stays counted.

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
    sqlx::query(
        "UPDATE pool SET taken = (SELECT COUNT(*) FROM hold WHERE hold.pool = pool.id)
         WHERE id = $1",
    )
    .bind(pool)
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// The pool of a code benefit: as many as there are codes, given ones counted in.
pub(super) async fn write_codes(conn: &mut Conn, product: &str, benefit: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO pool (id, product, benefit, size, taken, live)
         SELECT $1, $2, $3, COUNT(*), 0, 1 FROM code WHERE benefit = $3
         ON CONFLICT (id) DO UPDATE SET size = excluded.size, live = 1",
    )
    .bind(format!("codes:{benefit}"))
    .bind(product)
    .bind(benefit)
    .execute(conn)
    .await?;
    Ok(())
}
