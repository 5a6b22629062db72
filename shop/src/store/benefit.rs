//! The benefits of a product, as far as granting needs them.

use super::{Conn, Result, row::RowExt};
use crate::domain::ProductCode;

/// A benefit to grant.
#[derive(Debug)]
pub(crate) struct Grantable {
    /// Its row.
    pub(crate) id: String,
    /// Whether each buyer gets a code of their own.
    pub(crate) is_code: bool,
}

/// What a product gives now, in the seller's order.
pub(crate) async fn grantable(conn: &mut Conn, product: &ProductCode) -> Result<Vec<Grantable>> {
    // bounded by: BENEFITS_MOST, which a catalogue may give a product.
    let rows = sqlx::query(
        "SELECT id, kind FROM benefit WHERE product = $1 AND live = 1 ORDER BY position",
    )
    .bind(product.as_str())
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
