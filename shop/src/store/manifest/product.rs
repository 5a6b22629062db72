//! Products with their texts, pictures and offers.

use super::{Conn, Result, place};
use crate::{
    domain::{
        manifest::{ManifestOffer, ManifestPicture, ManifestProduct, ProductText},
        search_text::fold,
    },
    store::row::signed,
};

/// Takes everything off the shelves; what the manifest names comes back.
pub(super) async fn withdraw_all(conn: &mut Conn) -> Result<()> {
    sqlx::query("UPDATE product SET live = 0")
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes one product, its texts, pictures and offers.
pub(super) async fn write(
    conn: &mut Conn,
    product: &ManifestProduct,
    position: usize,
) -> Result<()> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (search_title, search) = searchable(&[&product.text]);
    sqlx::query(
        "INSERT INTO product (code, category, title, summary, description, refunds, featured,
                              stock, per_buyer, position, live, search_title, search,
                              numbered)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, $13)
         ON CONFLICT (code) DO UPDATE SET
             category = excluded.category, title = excluded.title, summary = excluded.summary,
             description = excluded.description, refunds = excluded.refunds,
             featured = excluded.featured, stock = excluded.stock,
             per_buyer = excluded.per_buyer, position = excluded.position, live = 1,
             search_title = excluded.search_title, search = excluded.search,
             numbered = excluded.numbered",
    )
    .bind(product.code.as_str())
    .bind(product.category.as_str())
    .bind(text(&product.text.title))
    .bind(text(&product.text.summary))
    .bind(text(&product.text.description))
    .bind(text(&product.text.refunds))
    .bind(i64::from(product.featured))
    .bind(product.stock.map(signed).transpose()?)
    .bind(product.per_buyer.map(i64::from))
    .bind(place(position))
    .bind(search_title)
    .bind(search)
    .bind(i64::from(product.numbered))
    .execute(&mut *conn)
    .await?;
    write_texts(conn, product).await?;
    write_pictures(conn, product.code.as_str(), &product.pictures).await?;
    write_offers(conn, product.code.as_str(), &product.offers).await
}

/// Folded titles, and folded titles, summaries and descriptions, of several languages together.
fn searchable(texts: &[&ProductText]) -> (String, String) {
    let title = texts.iter().filter_map(|text| text.title.as_deref());
    let rest = texts
        .iter()
        .flat_map(|text| [&text.summary, &text.description]);
    let title = fold(&title.collect::<Vec<_>>().join(" "));
    let rest = rest.filter_map(Option::as_deref).collect::<Vec<_>>();
    let all = format!("{title} {}", fold(&rest.join(" ")));
    (title, all)
}

async fn write_texts(conn: &mut Conn, product: &ManifestProduct) -> Result<()> {
    sqlx::query("DELETE FROM product_text WHERE product = $1")
        .bind(product.code.as_str())
        .execute(&mut *conn)
        .await?;
    for (language, text) in &product.texts {
        let (search_title, search) = searchable(&[text, &product.text]);
        sqlx::query(
            "INSERT INTO product_text (product, language, title, summary, description, refunds,
                                       search_title, search)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(product.code.as_str())
        .bind(language)
        .bind(&text.title)
        .bind(&text.summary)
        .bind(&text.description)
        .bind(&text.refunds)
        .bind(search_title)
        .bind(search)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

async fn write_pictures(
    conn: &mut Conn,
    product: &str,
    pictures: &[ManifestPicture],
) -> Result<()> {
    for statement in [
        "DELETE FROM picture_text WHERE product = $1",
        "DELETE FROM picture WHERE product = $1",
    ] {
        sqlx::query(statement)
            .bind(product)
            .execute(&mut *conn)
            .await?;
    }
    for (position, picture) in pictures.iter().enumerate() {
        sqlx::query("INSERT INTO picture (product, position, file, alt) VALUES ($1, $2, $3, $4)")
            .bind(product)
            .bind(place(position))
            .bind(picture.file.as_str())
            .bind(&picture.alt)
            .execute(&mut *conn)
            .await?;
        for (language, alt) in &picture.alts {
            sqlx::query(
                "INSERT INTO picture_text (product, position, language, alt)
                 VALUES ($1, $2, $3, $4)",
            )
            .bind(product)
            .bind(place(position))
            .bind(language)
            .bind(alt)
            .execute(&mut *conn)
            .await?;
        }
    }
    Ok(())
}

async fn write_offers(conn: &mut Conn, product: &str, offers: &[ManifestOffer]) -> Result<()> {
    for statement in [
        "DELETE FROM offer_text WHERE product = $1",
        "UPDATE offer SET live = 0 WHERE product = $1",
    ] {
        sqlx::query(statement)
            .bind(product)
            .execute(&mut *conn)
            .await?;
    }
    for (position, offer) in offers.iter().enumerate() {
        sqlx::query(
            "INSERT INTO offer (product, code, title, price, position, live, term, days)
             VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
             ON CONFLICT (product, code) DO UPDATE SET
                 title = excluded.title, price = excluded.price,
                 position = excluded.position, live = 1,
                 term = excluded.term, days = excluded.days",
        )
        .bind(product)
        .bind(offer.code.as_str())
        .bind(&offer.title)
        .bind(signed(offer.price.0)?)
        .bind(place(position))
        .bind(offer.term.as_str())
        .bind(offer.term.days().map(i64::from))
        .execute(&mut *conn)
        .await?;
        for (language, title) in &offer.titles {
            sqlx::query(
                "INSERT INTO offer_text (product, offer, language, title) VALUES ($1, $2, $3, $4)",
            )
            .bind(product)
            .bind(offer.code.as_str())
            .bind(language)
            .bind(title)
            .execute(&mut *conn)
            .await?;
        }
    }
    Ok(())
}
