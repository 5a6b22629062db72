//! What the shop says about an offer at this moment.

use super::{Conn, Result, allowance, row::RowExt};
use crate::domain::{
    NewOrder, OfferTerm, ProductCode, UserId, manifest::primary_language, verdict::Selling,
};

/// An offer as `open_order` needs it.
#[derive(Debug)]
pub(crate) struct Listed {
    /// What the decision is made on.
    pub(crate) selling: Selling,
    /// The product's title in the buyer's language.
    pub(crate) title: String,
    /// For how long a payment gives the goods.
    pub(crate) term: OfferTerm,
    /// How many one buyer may have, those that a new one takes the place of not counted.
    pub(crate) per_buyer: Option<u32>,
    /// How many those are: plans that run.
    pub(crate) running: u64,
    /// How many pools a sale takes from.
    pub(crate) pools: u64,
}

/// The offer that an order asks for, if the catalogue ever had it.
pub(crate) async fn listed(conn: &mut Conn, new: &NewOrder) -> Result<Option<Listed>> {
    let row = sqlx::query(
        "SELECT COALESCE(t.title, p.title) AS title, p.per_buyer, p.live * f.live AS live, f.price,
                f.term, f.days, COALESCE(s.paused, 0) AS paused,
                (SELECT COUNT(*) FROM subscription r WHERE r.buyer = $4 AND r.product = p.code
                 AND r.state IN ('active', 'canceled', 'failed')) AS running,
                (SELECT COUNT(*) FROM subscription r JOIN orders o ON o.id = r.order_id
                 WHERE r.buyer = $4 AND r.product = p.code AND r.state = 'active'
                 AND o.offer = f.code AND o.term = 'subscription'
                 AND f.term = 'subscription') AS subscribed,
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
    .bind(new.buyer.0)
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Listed {
        selling: Selling {
            paused: row.flag("paused")?,
            live: row.flag("live")?,
            price: row.stars("price")?,
            subscribed: row.flag("subscribed")?,
        },
        term: row.offer_term()?,
        title: row.text("title")?,
        per_buyer: allowance::cap(row.opt_count("per_buyer")?, row.count("running")?),
        running: row.count("running")?,
        pools: row.count("pools")?,
    }))
}

/// How many plans of a product run for a buyer.
pub(crate) async fn running(conn: &mut Conn, buyer: UserId, product: &ProductCode) -> Result<u64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS running FROM subscription
         WHERE buyer = $1 AND product = $2 AND state IN ('active', 'canceled', 'failed')",
    )
    .bind(buyer.0)
    .bind(product.as_str())
    .fetch_one(conn)
    .await?;
    row.count("running")
}
