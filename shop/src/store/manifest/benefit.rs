//! Benefits. One is the same as before when kind and title are: then its content may change, and
//! those who bought it get the new content. Anything else is a new benefit, and the old one stays
//! with those who have it.

use sqlx::any::AnyRow;

use super::{Conn, Result, code, place, pool};
use crate::{
    domain::manifest::{ManifestBenefit, ManifestContent, ManifestProduct},
    store::{
        ids,
        row::{RowExt, signed},
    },
};

/// A benefit that the product has, or had.
struct Known {
    id: String,
    kind: String,
    title: String,
}

/// Writes the benefits of a product with their codes; others are withdrawn.
pub(super) async fn write_all(conn: &mut Conn, product: &ManifestProduct) -> Result<()> {
    let mut known = known(conn, product.code.as_str()).await?;
    let counting = pool::counting_codes(conn, product.code.as_str()).await?;
    for statement in [
        "UPDATE benefit SET live = 0 WHERE product = $1",
        "UPDATE pool SET live = 0 WHERE product = $1 AND benefit IS NOT NULL",
    ] {
        let withdraw = sqlx::query(statement).bind(product.code.as_str());
        withdraw.execute(&mut *conn).await?;
    }
    let mut codes = Vec::new();
    for (position, benefit) in product.benefits.iter().enumerate() {
        let kind = benefit.content.kind().as_str();
        let same = |old: &Known| old.kind == kind && old.title == benefit.title;
        let old = known.iter().position(same).map(|index| known.remove(index));
        let id = old.map_or_else(ids::plain, |old| old.id);
        write(conn, product.code.as_str(), &id, benefit, position).await?;
        write_texts(conn, &id, benefit).await?;
        if let ManifestContent::Codes(values) = &benefit.content {
            codes.push((id, values.as_slice()));
        }
    }
    code::write(conn, product.code.as_str(), &codes).await?;
    for (benefit, _) in &codes {
        pool::write_codes(conn, product.code.as_str(), benefit).await?;
        if !counting.contains(benefit) {
            pool::count_given_codes(conn, benefit).await?;
        }
    }
    Ok(())
}

/// Those still sold first, so that a title used twice finds the living one.
async fn known(conn: &mut Conn, product: &str) -> Result<Vec<Known>> {
    // bounded by: what the seller ever wrote of one product.
    let rows = sqlx::query(
        "SELECT id, kind, title FROM benefit WHERE product = $1 ORDER BY live DESC, position",
    )
    .bind(product)
    .fetch_all(conn)
    .await?;
    let known = |row: &AnyRow| {
        Ok(Known {
            id: row.text("id")?,
            kind: row.text("kind")?,
            title: row.text("title")?,
        })
    };
    rows.iter().map(known).collect()
}

async fn write(
    conn: &mut Conn,
    product: &str,
    id: &str,
    benefit: &ManifestBenefit,
    position: usize,
) -> Result<()> {
    let mut row = Columns::default();
    match &benefit.content {
        ManifestContent::File {
            file,
            name,
            size_bytes,
            media_type,
            protect,
        } => {
            row.file = Some(file.as_str());
            row.name = Some(name);
            row.size = Some(signed(*size_bytes)?);
            row.media_type = Some(media_type);
            row.protect = *protect;
        }
        ManifestContent::Text(body) | ManifestContent::Link(body) => row.body = Some(body),
        ManifestContent::Codes(_) => {}
    }
    sqlx::query(
        "INSERT INTO benefit (id, product, kind, title, file, file_name, file_size, media_type,
                              protect, body, position, live)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
         ON CONFLICT (id) DO UPDATE SET
             file = excluded.file, file_name = excluded.file_name,
             file_size = excluded.file_size, media_type = excluded.media_type,
             protect = excluded.protect, body = excluded.body,
             position = excluded.position, live = 1",
    )
    .bind(id)
    .bind(product)
    .bind(benefit.content.kind().as_str())
    .bind(&benefit.title)
    .bind(row.file.map(str::to_owned))
    .bind(row.name.map(str::to_owned))
    .bind(row.size)
    .bind(row.media_type.map(str::to_owned))
    .bind(i64::from(row.protect))
    .bind(row.body.map(str::to_owned))
    .bind(place(position))
    .execute(conn)
    .await?;
    Ok(())
}

/// The columns that depend on the kind.
#[derive(Default)]
struct Columns<'a> {
    file: Option<&'a str>,
    name: Option<&'a str>,
    size: Option<i64>,
    media_type: Option<&'a str>,
    protect: bool,
    body: Option<&'a str>,
}

async fn write_texts(conn: &mut Conn, id: &str, benefit: &ManifestBenefit) -> Result<()> {
    sqlx::query("DELETE FROM benefit_text WHERE benefit = $1")
        .bind(id)
        .execute(&mut *conn)
        .await?;
    for (language, text) in &benefit.texts {
        sqlx::query(
            "INSERT INTO benefit_text (benefit, language, title, body) VALUES ($1, $2, $3, $4)",
        )
        .bind(id)
        .bind(language)
        .bind(&text.title)
        .bind(&text.body)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
