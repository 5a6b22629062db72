//! From a catalogue file into the shop.

use std::{fmt, path::Path};

use super::{Complaint, parse, source::ToKeep};
use crate::{
    Shop,
    domain::{Manifest, manifest::ManifestContent},
    store::StoreError,
};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportSummary {
    /// Categories in the file.
    pub categories: usize,
    /// Products in the file.
    pub products: usize,
    /// Of these, those that the shop did not sell before.
    pub new: usize,
    /// Products that were sold before and are not in the file: withdrawn.
    pub withdrawn: usize,
    /// Codes in all pools, given out ones among them.
    pub codes: usize,
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            categories,
            products,
            new,
            withdrawn,
            codes,
        } = self;
        write!(
            f,
            "{products} products in {categories} categories ({new} new, "
        )?;
        write!(f, "{withdrawn} withdrawn), {codes} codes to give out")
    }
}

/// Reads a catalogue file and all that lies beside it, and changes nothing.
///
/// # Errors
/// Every mistake in it.
pub async fn check(path: &Path) -> Result<Manifest, Vec<Complaint>> {
    read(path).await.map(|(manifest, _)| manifest)
}

/// Makes the shop's catalogue what the file says.
///
/// # Errors
/// Every mistake in the file, with its place; the shop then stays as it was.
pub async fn import(shop: &Shop, path: &Path) -> Result<ImportSummary, Vec<Complaint>> {
    let (manifest, to_keep) = read(path).await?;
    let failed = |error: StoreError| vec![Complaint::whole(path.display(), error.code(), error)];
    // Files first: a row must never name a file that is not there. Files that no row names do no
    // harm, and have the same name at the next try.
    for ToKeep { shelf, path, kept } in &to_keep {
        shop.files()
            .keep(*shelf, path, kept)
            .await
            .map_err(failed)?;
    }
    let before = shop.manifest().await.map_err(failed)?;
    shop.set_manifest(&manifest).await.map_err(failed)?;
    Ok(summary(&before, &manifest))
}

/// Reading is plain file work, so it gets a thread where it may wait.
async fn read(path: &Path) -> Result<(Manifest, Vec<ToKeep>), Vec<Complaint>> {
    let owned = path.to_owned();
    let reading = tokio::task::spawn_blocking(move || parse::read(&owned));
    let stopped = |_| {
        vec![Complaint::whole(
            path.display(),
            "stopped",
            "reading was stopped",
        )]
    };
    reading.await.map_err(stopped)?
}

fn summary(before: &Manifest, now: &Manifest) -> ImportSummary {
    let sold = |manifest: &Manifest, code| manifest.products.iter().any(|p| p.code == code);
    let missing = |from: &Manifest, of: &Manifest| {
        let codes = of.products.iter().map(|product| product.code.clone());
        codes.filter(|code| !sold(from, code.clone())).count()
    };
    let benefits = now.products.iter().flat_map(|product| &product.benefits);
    let codes = benefits.map(|benefit| match &benefit.content {
        ManifestContent::Codes(codes) => codes.len(),
        _ => 0,
    });
    ImportSummary {
        categories: now.categories.len(),
        products: now.products.len(),
        new: missing(before, now),
        withdrawn: missing(now, before),
        codes: codes.sum(),
    }
}
