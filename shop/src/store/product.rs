//! A product with all that its page shows.

use sqlx::any::AnyRow;

use super::{Conn, Result, StoreError, row::RowExt};
use crate::domain::{
    BenefitKind, BenefitPreview, Category, Offer, Picture, Product, ProductCode,
    manifest::primary_language,
};

/// One product that is for sale, where Telegram renews subscriptions every so many seconds.
pub(crate) async fn get(
    conn: &mut Conn,
    code: &ProductCode,
    language: &str,
    subscription_seconds: i64,
) -> Result<Option<Product>> {
    let language = primary_language(language);
    let row = sqlx::query(
        "SELECT p.code, p.category, p.stock, p.per_buyer, COALESCE(t.title, p.title) AS title,
                COALESCE(t.summary, p.summary) AS summary,
                COALESCE(t.description, p.description) AS description,
                COALESCE(t.refunds, p.refunds) AS refunds,
                COALESCE(ct.title, c.title) AS category_title,
                (SELECT MIN(CASE WHEN taken < size THEN size - taken ELSE 0 END) FROM pool
                 WHERE pool.product = p.code AND pool.live = 1) AS remaining
         FROM product p
         JOIN category c ON c.code = p.category
         LEFT JOIN product_text t ON t.product = p.code AND t.language = $2
         LEFT JOIN category_text ct ON ct.category = c.code AND ct.language = $2
         WHERE p.code = $1 AND p.live = 1",
    )
    .bind(code.as_str())
    .bind(&language)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let per_buyer = row.opt_count("per_buyer")?;
    Ok(Some(Product {
        code: row.parsed("code")?,
        category: Category {
            code: row.parsed("category")?,
            title: row.text("category_title")?,
        },
        title: row.text("title")?,
        summary: row.text("summary")?,
        description: row.text("description")?,
        pictures: pictures(conn, code, &language).await?,
        offers: offers(conn, code, &language, subscription_seconds).await?,
        benefits: benefits(conn, code, &language).await?,
        left: row.opt_count("remaining")?,
        stock: row.opt_count("stock")?,
        per_buyer: per_buyer.map(|cap| u32::try_from(cap).unwrap_or(u32::MAX)),
        refunds: row.text("refunds")?,
    }))
}

async fn pictures(conn: &mut Conn, code: &ProductCode, language: &str) -> Result<Vec<Picture>> {
    // bounded by: the pictures that the catalogue gives a product.
    let rows = sqlx::query(
        "SELECT i.file, COALESCE(t.alt, i.alt) AS alt FROM picture i
         LEFT JOIN picture_text t
              ON t.product = i.product AND t.position = i.position AND t.language = $2
         WHERE i.product = $1 ORDER BY i.position",
    )
    .bind(code.as_str())
    .bind(language)
    .fetch_all(conn)
    .await?;
    let picture = |row: &AnyRow| {
        Ok(Picture {
            file: row.parsed("file")?,
            alt: row.text("alt")?,
        })
    };
    rows.iter().map(picture).collect()
}

/// The first picture of each of these products that has one.
pub(crate) async fn first_pictures(
    conn: &mut Conn,
    buyer: i64,
    language: &str,
) -> Result<Vec<(ProductCode, Picture)>> {
    // bounded by: the products that were ever in the catalogue, a picture each.
    let rows = sqlx::query(
        "SELECT i.product, i.file, COALESCE(t.alt, i.alt) AS alt FROM picture i
         LEFT JOIN picture_text t
              ON t.product = i.product AND t.position = i.position AND t.language = $2
         WHERE i.position = 0
           AND i.product IN (SELECT product FROM orders WHERE buyer = $1)",
    )
    .bind(buyer)
    .bind(primary_language(language))
    .fetch_all(conn)
    .await?;
    let picture = |row: &AnyRow| {
        let picture = Picture {
            file: row.parsed("file")?,
            alt: row.text("alt")?,
        };
        Ok((row.parsed("product")?, picture))
    };
    rows.iter().map(picture).collect()
}

async fn offers(
    conn: &mut Conn,
    code: &ProductCode,
    language: &str,
    subscription_seconds: i64,
) -> Result<Vec<Offer>> {
    // bounded by: the offers that the catalogue gives a product.
    let rows = sqlx::query(
        "SELECT f.code, f.price, f.term, f.days, COALESCE(t.title, f.title) AS title FROM offer f
         LEFT JOIN offer_text t
              ON t.product = f.product AND t.offer = f.code AND t.language = $2
         WHERE f.product = $1 AND f.live = 1 ORDER BY f.position",
    )
    .bind(code.as_str())
    .bind(language)
    .fetch_all(conn)
    .await?;
    let offer = |row: &AnyRow| {
        Ok(Offer {
            code: row.parsed("code")?,
            title: row.text("title")?,
            price: row.stars("price")?,
            term: row.offer_term()?.agreed(subscription_seconds),
        })
    };
    rows.iter().map(offer).collect()
}

async fn benefits(
    conn: &mut Conn,
    code: &ProductCode,
    language: &str,
) -> Result<Vec<BenefitPreview>> {
    // bounded by: BENEFITS_MOST, which a catalogue may give a product.
    let rows = sqlx::query(
        "SELECT b.kind, b.file_size, b.media_type, COALESCE(t.title, b.title) AS title
         FROM benefit b
         LEFT JOIN benefit_text t ON t.benefit = b.id AND t.language = $2
         WHERE b.product = $1 AND b.live = 1 ORDER BY b.position",
    )
    .bind(code.as_str())
    .bind(language)
    .fetch_all(conn)
    .await?;
    let benefit = |row: &AnyRow| {
        Ok(BenefitPreview {
            kind: kind(&row.text("kind")?)?,
            title: row.text("title")?,
            size_bytes: row.opt_count("file_size")?,
            media_type: row.opt_text("media_type")?,
        })
    };
    rows.iter().map(benefit).collect()
}

/// The kind of a benefit by its stored name.
pub(super) fn kind(name: &str) -> Result<BenefitKind> {
    let found = BenefitKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == name);
    found.ok_or_else(|| StoreError::corrupt(format_args!("benefit kind {name}")))
}
