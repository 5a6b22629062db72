//! Shelves.

use super::{Conn, Result, row::RowExt};
use crate::domain::{Category, manifest::primary_language};

/// All categories that hold something for sale, in the seller's order.
pub(crate) async fn all(conn: &mut Conn, language: &str) -> Result<Vec<Category>> {
    // bounded by: the categories of the catalogue, all of which a page shows.
    let rows = sqlx::query(
        "SELECT c.code, COALESCE(t.title, c.title) AS title
         FROM category c LEFT JOIN category_text t ON t.category = c.code AND t.language = $1
         WHERE c.live = 1
           AND EXISTS (SELECT 1 FROM product p WHERE p.category = c.code AND p.live = 1)
         ORDER BY c.position",
    )
    .bind(primary_language(language))
    .fetch_all(conn)
    .await?;
    let category = |row: &sqlx::any::AnyRow| {
        Ok(Category {
            code: row.parsed("code")?,
            title: row.text("title")?,
        })
    };
    rows.iter().map(category).collect()
}
