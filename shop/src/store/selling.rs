//! What the shop says about an offer at this moment.

use super::{Conn, Result, row::RowExt};
use crate::domain::{NewOrder, manifest::primary_language, verdict::Selling};

/// An offer as `open_order` needs it.
#[derive(Debug)]
pub(crate) struct Listed {
    /// What the decision is made on.
    pub(crate) selling: Selling,
    /// The product's title in the buyer's language.
    pub(crate) title: String,
    /// How many one buyer may have.
    pub(crate) per_buyer: Option<u32>,
    /// How many pools a sale takes from.
    pub(crate) pools: u64,
}

/// The offer that an order asks for, if the catalogue ever had it.
pub(crate) async fn listed(conn: &mut Conn, new: &NewOrder) -> Result<Option<Listed>> {
    let row = sqlx::query(
        "SELECT COALESCE(t.title, p.title) AS title, p.per_buyer, p.live * f.live AS live, f.price,
                COALESCE(s.paused, 0) AS paused,
                (SELECT COUNT(*) FROM pool WHERE pool.product = p.code AND pool.live = 1) AS pools
         FROM product p
         JOIN offer f ON f.product = p.code AND f.code = $2
         LEFT JOIN product_text t ON t.product = p.code AND t.language = $3
         LEFT JOIN profile s ON s.id = 1
         WHERE p.code = $1",
    )
    .bind(new.product.as_str())
    .bind(new.offer.as_str())
    .bind(primary_language(&new.language))
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let per_buyer = row.opt_count("per_buyer")?;
    Ok(Some(Listed {
        selling: Selling {
            paused: row.flag("paused")?,
            live: row.flag("live")?,
            price: row.stars("price")?,
        },
        title: row.text("title")?,
        per_buyer: per_buyer.map(|cap| u32::try_from(cap).unwrap_or(u32::MAX)),
        pools: row.count("pools")?,
    }))
}
