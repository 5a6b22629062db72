//! From the shop to a folder that imports to the same catalogue.

use std::{collections::BTreeMap, path::Path};

use crate::{
    Shop,
    domain::{
        Discount, FileKey, Manifest, OfferTerm, Promo, UnixSeconds,
        manifest::{
            Language, ManifestBenefit, ManifestContent, ManifestPicture, ManifestProduct,
            ManifestProfile, ProfileText,
        },
    },
    files::Shelf,
    store::StoreError,
};

use toml::value::Datetime;

type Table = toml::Table;

/// Writes `shop.toml` with all pictures, goods, codes and papers beside it into a folder, which is
/// made where it is missing. Codes given out are written too: they belong to the pool.
///
/// # Errors
/// Where the database, a stored file or the folder fails.
pub async fn export(shop: &Shop, folder: &Path) -> Result<(), StoreError> {
    let manifest = shop.manifest().await?;
    let mut out = Folder { shop, folder };
    let mut root = Table::new();
    root.insert("shop".into(), out.profile(&manifest.profile).await?.into());
    root.insert("category".into(), categories(&manifest).into());
    let mut products = Vec::with_capacity(manifest.products.len());
    for product in &manifest.products {
        products.push(out.product(product).await?);
    }
    root.insert("product".into(), products.into());
    if !manifest.promos.is_empty() {
        let promos: Vec<Table> = manifest.promos.iter().map(promo).collect();
        root.insert("promo".into(), promos.into());
    }
    let text = toml::to_string_pretty(&root).map_err(|error| failed("shop.toml", error))?;
    out.write("shop.toml", text.as_bytes()).await
}

/// The folder that is being written.
struct Folder<'a> {
    shop: &'a Shop,
    folder: &'a Path,
}

impl Folder<'_> {
    async fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            let made = tokio::fs::create_dir_all(parent).await;
            made.map_err(|error| failed(parent.display(), error))?;
        }
        let written = tokio::fs::write(&path, bytes).await;
        written.map_err(|error| failed(path.display(), error))
    }

    /// Copies a stored file under a name that a person can read. Gives the name with its extension.
    async fn copy(&self, shelf: Shelf, key: &FileKey, stem: String) -> Result<String, StoreError> {
        let extension = key.as_str().rsplit('.').next().unwrap_or("bin");
        let name = format!("{stem}.{extension}");
        let path = self.folder.join(&name);
        if let Some(parent) = path.parent() {
            let made = tokio::fs::create_dir_all(parent).await;
            made.map_err(|error| failed(parent.display(), error))?;
        }
        self.shop.files().copy_out(shelf, key, &path).await?;
        Ok(name)
    }

    async fn profile(&mut self, profile: &ManifestProfile) -> Result<Table, StoreError> {
        let mut table = self.profile_text(&profile.text, &profile.language).await?;
        put(&mut table, "language", Some(&profile.language));
        for (key, file) in [("cover", &profile.cover), ("welcome", &profile.welcome)] {
            if let Some(file) = file {
                let name = self
                    .copy(Shelf::Pictures, file, format!("pictures/{key}"))
                    .await?;
                put(&mut table, key, Some(&name));
            }
        }
        for (language, text) in &profile.texts {
            let texts = self.profile_text(text, language).await?;
            table.insert(language.clone(), texts.into());
        }
        Ok(table)
    }

    async fn profile_text(&self, text: &ProfileText, language: &str) -> Result<Table, StoreError> {
        let mut table = Table::new();
        put(&mut table, "name", text.name.as_deref());
        put(&mut table, "tagline", text.tagline.as_deref());
        put(&mut table, "about", text.about.as_deref());
        put(&mut table, "support", text.support.as_deref());
        for (key, paper) in [("terms", &text.terms), ("privacy", &text.privacy)] {
            if let Some(paper) = paper {
                let name = format!("texts/{key}.{language}.md");
                self.write(&name, paper.as_bytes()).await?;
                put(&mut table, key, Some(&name));
            }
        }
        Ok(table)
    }

    async fn product(&mut self, product: &ManifestProduct) -> Result<Table, StoreError> {
        let mut table = product_text(&product.text);
        put(&mut table, "code", Some(product.code.as_str()));
        put(&mut table, "category", Some(product.category.as_str()));
        if product.featured {
            table.insert("featured".into(), true.into());
        }
        put_number(&mut table, "stock", product.stock);
        if product.numbered {
            table.insert("numbered".into(), true.into());
        }
        put_number(&mut table, "per_buyer", product.per_buyer.map(u64::from));
        prices(&mut table, product);
        for (language, text) in &product.texts {
            table.insert(language.clone(), product_text(text).into());
        }
        let mut pictures = Vec::with_capacity(product.pictures.len());
        for (index, picture) in product.pictures.iter().enumerate() {
            let stem = format!("pictures/{}-{}", product.code, index + 1);
            pictures.push(self.picture(picture, stem).await?);
        }
        if !pictures.is_empty() {
            table.insert("pictures".into(), pictures.into());
        }
        let mut benefits = Vec::with_capacity(product.benefits.len());
        for (index, benefit) in product.benefits.iter().enumerate() {
            let stem = format!("goods/{}-{}", product.code, index + 1);
            benefits.push(self.benefit(benefit, stem).await?);
        }
        table.insert("benefit".into(), benefits.into());
        Ok(table)
    }

    async fn picture(&self, picture: &ManifestPicture, stem: String) -> Result<Table, StoreError> {
        let mut table = Table::new();
        let name = self.copy(Shelf::Pictures, &picture.file, stem).await?;
        put(&mut table, "file", Some(&name));
        put(&mut table, "alt", Some(&picture.alt));
        put_languages(&mut table, "alt", &picture.alts);
        Ok(table)
    }

    async fn benefit(&self, benefit: &ManifestBenefit, stem: String) -> Result<Table, StoreError> {
        let mut table = Table::new();
        put(&mut table, "kind", Some(benefit.content.kind().as_str()));
        put(&mut table, "title", Some(&benefit.title));
        let body_key = match &benefit.content {
            ManifestContent::File {
                file,
                name,
                protect,
                ..
            } => {
                let path = self.copy(Shelf::Goods, file, stem).await?;
                put(&mut table, "file", Some(&path));
                put(&mut table, "name", Some(name));
                if *protect {
                    table.insert("protect".into(), true.into());
                }
                "file"
            }
            ManifestContent::Codes(codes) => {
                let path = format!("{stem}.txt");
                self.write(&path, (codes.join("\n") + "\n").as_bytes())
                    .await?;
                put(&mut table, "codes", Some(&path));
                "codes"
            }
            ManifestContent::Text(text) => {
                put(&mut table, "text", Some(text));
                "text"
            }
            ManifestContent::Link(url) => {
                put(&mut table, "url", Some(url));
                "url"
            }
        };
        for (language, text) in &benefit.texts {
            let mut texts = Table::new();
            put(&mut texts, "title", text.title.as_deref());
            put(&mut texts, body_key, text.body.as_deref());
            table.insert(language.clone(), texts.into());
        }
        Ok(table)
    }
}

fn categories(manifest: &Manifest) -> Vec<Table> {
    let table = |category: &crate::domain::manifest::ManifestCategory| {
        let mut table = Table::new();
        put(&mut table, "code", Some(category.code.as_str()));
        put(&mut table, "title", Some(&category.title));
        put_languages(&mut table, "title", &category.titles);
        table
    };
    manifest.categories.iter().map(table).collect()
}

fn promo(promo: &Promo) -> Table {
    let mut table = Table::new();
    put(&mut table, "code", Some(promo.code.as_str()));
    match promo.discount {
        Discount::Percent(percent) => put_number(&mut table, "percent_off", Some(percent.into())),
        Discount::Stars(off) => put_number(&mut table, "stars_off", Some(off.0)),
    }
    put_number(&mut table, "uses", promo.uses);
    put_number(&mut table, "per_buyer", promo.per_buyer.map(u64::from));
    put_moment(&mut table, "starts", promo.starts);
    put_moment(&mut table, "ends", promo.ends);
    if !promo.products.is_empty() {
        let products = promo.products.iter().map(|code| code.as_str().into());
        table.insert("products".into(), toml::Value::Array(products.collect()));
    }
    table
}

fn product_text(text: &crate::domain::manifest::ProductText) -> Table {
    let mut table = Table::new();
    put(&mut table, "title", text.title.as_deref());
    put(&mut table, "summary", text.summary.as_deref());
    put(&mut table, "description", text.description.as_deref());
    put(&mut table, "refunds", text.refunds.as_deref());
    table
}

/// One nameless offer is a price; anything else is a list of offers.
fn prices(table: &mut Table, product: &ManifestProduct) {
    if let [only] = &product.offers[..]
        && only.code.as_str() == "default"
        && only.title.is_empty()
        && only.titles.is_empty()
    {
        put_number(table, "price", Some(only.price.0));
        put_term(table, only.term);
        return;
    }
    let offer = |offer: &crate::domain::manifest::ManifestOffer| {
        let mut table = Table::new();
        put(&mut table, "code", Some(offer.code.as_str()));
        put(&mut table, "title", Some(&offer.title));
        put_number(&mut table, "price", Some(offer.price.0));
        put_term(&mut table, offer.term);
        put_languages(&mut table, "title", &offer.titles);
        table
    };
    let offers: Vec<Table> = product.offers.iter().map(offer).collect();
    table.insert("offer".into(), offers.into());
}

fn put_term(table: &mut Table, term: OfferTerm) {
    put_number(table, "days", term.days().map(u64::from));
    if term == OfferTerm::Subscription {
        table.insert("subscription".into(), true.into());
    }
}

fn put(table: &mut Table, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        table.insert(key.into(), value.into());
    }
}

fn put_number(table: &mut Table, key: &str, value: Option<u64>) {
    if let Some(number) = value.and_then(|number| i64::try_from(number).ok()) {
        table.insert(key.into(), number.into());
    }
}

fn put_moment(table: &mut Table, key: &str, at: Option<UnixSeconds>) {
    let moment = at.and_then(|at| jiff::Timestamp::from_second(at.0).ok());
    if let Some(moment) = moment.and_then(|at| at.to_string().parse::<Datetime>().ok()) {
        table.insert(key.into(), moment.into());
    }
}

fn put_languages(table: &mut Table, key: &str, values: &BTreeMap<Language, String>) {
    for (language, value) in values {
        let mut texts = Table::new();
        put(&mut texts, key, Some(value));
        table.insert(language.clone(), texts.into());
    }
}

fn failed(what: impl std::fmt::Display, error: impl std::fmt::Display) -> StoreError {
    StoreError::Files(format!("{what}: {error}"))
}
