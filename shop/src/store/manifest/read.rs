//! Reading the whole catalogue, table by table.

use std::collections::{BTreeMap, HashMap};

use sqlx::any::AnyRow;

use super::{Conn, Result, promo};
use crate::{
    domain::{
        BenefitKind, Manifest,
        manifest::{
            BenefitText, Language, ManifestBenefit, ManifestCategory, ManifestContent,
            ManifestOffer, ManifestPicture, ManifestProduct, ManifestProfile, ProductText,
            ProfileText,
        },
    },
    store::{product::kind, row::RowExt},
};

/// The catalogue that is for sale now, in every language.
pub(crate) async fn read(conn: &mut Conn) -> Result<Manifest> {
    Ok(Manifest {
        profile: profile(conn).await?,
        categories: categories(conn).await?,
        products: products(conn).await?,
        promos: promo::read_all(conn).await?,
    })
}

async fn rows(conn: &mut Conn, statement: &'static str) -> Result<Vec<AnyRow>> {
    // bounded by: what the seller ever wrote into a catalogue, which is meant to be read whole.
    Ok(sqlx::query(statement).fetch_all(conn).await?)
}

/// Rows by a key that they share, in their order.
fn grouped<T>(
    rows: &[AnyRow],
    key: &str,
    read: impl Fn(&AnyRow) -> Result<T>,
) -> Result<HashMap<String, Vec<T>>> {
    let mut groups: HashMap<String, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(row.text(key)?).or_default().push(read(row)?);
    }
    Ok(groups)
}

/// One text column by key and language.
async fn translations(
    conn: &mut Conn,
    statement: &'static str,
) -> Result<HashMap<String, BTreeMap<Language, String>>> {
    let mut found: HashMap<String, BTreeMap<Language, String>> = HashMap::new();
    for row in rows(conn, statement).await? {
        let texts = found.entry(row.text("item")?).or_default();
        texts.insert(row.text("language")?, row.text("value")?);
    }
    Ok(found)
}

async fn profile(conn: &mut Conn) -> Result<ManifestProfile> {
    let text = |row: &AnyRow| -> Result<ProfileText> {
        Ok(ProfileText {
            name: row.opt_text("name")?,
            tagline: row.opt_text("tagline")?,
            about: row.opt_text("about")?,
            support: row.opt_text("support")?,
            terms: row.opt_text("terms")?,
            privacy: row.opt_text("privacy")?,
        })
    };
    let base = sqlx::query("SELECT * FROM profile WHERE id = 1")
        .fetch_optional(&mut *conn)
        .await?;
    let Some(base) = base else {
        return Ok(ManifestProfile::default());
    };
    let texts = rows(conn, "SELECT * FROM profile_text").await?;
    let texts = texts
        .iter()
        .map(|row| Ok((row.text("language")?, text(row)?)));
    Ok(ManifestProfile {
        language: base.text("language")?,
        text: text(&base)?,
        texts: texts.collect::<Result<_>>()?,
        cover: base.opt_parsed("cover")?,
        welcome: base.opt_parsed("welcome")?,
    })
}

async fn categories(conn: &mut Conn) -> Result<Vec<ManifestCategory>> {
    let statement = "SELECT category AS item, language, title AS value FROM category_text";
    let mut titles = translations(conn, statement).await?;
    let rows = rows(
        conn,
        "SELECT * FROM category WHERE live = 1 ORDER BY position",
    )
    .await?;
    let category = |row: &AnyRow| {
        Ok(ManifestCategory {
            code: row.parsed("code")?,
            title: row.text("title")?,
            titles: titles.remove(&row.text("code")?).unwrap_or_default(),
        })
    };
    rows.iter().map(category).collect()
}

async fn products(conn: &mut Conn) -> Result<Vec<ManifestProduct>> {
    let product_text = |row: &AnyRow| -> Result<ProductText> {
        Ok(ProductText {
            title: row.opt_text("title")?,
            summary: row.opt_text("summary")?,
            description: row.opt_text("description")?,
            refunds: row.opt_text("refunds")?,
        })
    };
    let texts = rows(conn, "SELECT * FROM product_text").await?;
    let with_language = |row: &AnyRow| Ok((row.text("language")?, product_text(row)?));
    let mut texts = grouped(&texts, "product", with_language)?;
    let mut pictures = pictures(conn).await?;
    let mut offers = offers(conn).await?;
    let mut benefits = benefits(conn).await?;
    let rows = rows(
        conn,
        "SELECT * FROM product WHERE live = 1 ORDER BY position",
    )
    .await?;
    let product = |row: &AnyRow| {
        let code = row.text("code")?;
        let per_buyer = row.opt_count("per_buyer")?;
        Ok(ManifestProduct {
            code: row.parsed("code")?,
            category: row.parsed("category")?,
            text: product_text(row)?,
            texts: texts
                .remove(&code)
                .unwrap_or_default()
                .into_iter()
                .collect(),
            pictures: pictures.remove(&code).unwrap_or_default(),
            featured: row.flag("featured")?,
            stock: row.opt_count("stock")?,
            numbered: row.flag("numbered")?,
            per_buyer: per_buyer.map(|cap| u32::try_from(cap).unwrap_or(u32::MAX)),
            offers: offers.remove(&code).unwrap_or_default(),
            benefits: benefits.remove(&code).unwrap_or_default(),
        })
    };
    rows.iter().map(product).collect()
}

async fn pictures(conn: &mut Conn) -> Result<HashMap<String, Vec<ManifestPicture>>> {
    let statement = "SELECT product || ' ' || CAST(position AS TEXT) AS item, language,
                            alt AS value FROM picture_text";
    let alts = translations(conn, statement).await?;
    let rows = rows(conn, "SELECT * FROM picture ORDER BY product, position").await?;
    grouped(&rows, "product", |row| {
        let item = format!("{} {}", row.text("product")?, row.int("position")?);
        Ok(ManifestPicture {
            file: row.parsed("file")?,
            alt: row.text("alt")?,
            alts: alts.get(&item).cloned().unwrap_or_default(),
        })
    })
}

async fn offers(conn: &mut Conn) -> Result<HashMap<String, Vec<ManifestOffer>>> {
    let statement = "SELECT product || ' ' || offer AS item, language, title AS value
                     FROM offer_text";
    let titles = translations(conn, statement).await?;
    let rows = rows(
        conn,
        "SELECT * FROM offer WHERE live = 1 ORDER BY product, position",
    )
    .await?;
    grouped(&rows, "product", |row| {
        let item = format!("{} {}", row.text("product")?, row.text("code")?);
        Ok(ManifestOffer {
            code: row.parsed("code")?,
            title: row.text("title")?,
            price: row.stars("price")?,
            term: row.offer_term()?,
            titles: titles.get(&item).cloned().unwrap_or_default(),
        })
    })
}

async fn benefits(conn: &mut Conn) -> Result<HashMap<String, Vec<ManifestBenefit>>> {
    let texts = rows(conn, "SELECT * FROM benefit_text").await?;
    let texts = grouped(&texts, "benefit", |row| {
        let text = BenefitText {
            title: row.opt_text("title")?,
            body: row.opt_text("body")?,
        };
        Ok((row.text("language")?, text))
    })?;
    let codes = rows(
        conn,
        "SELECT benefit, value FROM code ORDER BY benefit, position",
    )
    .await?;
    let codes = grouped(&codes, "benefit", |row| row.text("value"))?;
    let rows = rows(
        conn,
        "SELECT * FROM benefit WHERE live = 1 ORDER BY product, position",
    )
    .await?;
    grouped(&rows, "product", |row| {
        let id = row.text("id")?;
        let content = match kind(&row.text("kind")?)? {
            BenefitKind::File => ManifestContent::File {
                file: row.parsed("file")?,
                name: row.text("file_name")?,
                size_bytes: row.count("file_size")?,
                media_type: row.text("media_type")?,
                protect: row.flag("protect")?,
            },
            BenefitKind::Code => {
                ManifestContent::Codes(codes.get(&id).cloned().unwrap_or_default())
            }
            BenefitKind::Text => ManifestContent::Text(row.text("body")?),
            BenefitKind::Link => ManifestContent::Link(row.text("body")?),
        };
        Ok(ManifestBenefit {
            title: row.text("title")?,
            content,
            texts: texts
                .get(&id)
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .collect(),
        })
    })
}
