//! From the text of a catalogue file to a manifest.

mod benefit;
mod category;
mod offer;
mod picture;
mod product;
mod promo;
mod shop;

use std::path::Path;

use toml::de::DeTable;

use super::{
    Complaint,
    section::Section,
    source::{Source, ToKeep},
};
use crate::domain::Manifest;

/// Reads a catalogue file and all that lies beside it; nothing is stored.
pub(super) fn read(path: &Path) -> Result<(Manifest, Vec<ToKeep>), Vec<Complaint>> {
    let source = Source::open(path).map_err(|complaint| vec![complaint])?;
    let manifest = {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in &errors {
            let at = error.span().unwrap_or(0..0);
            source.complain(&at, "toml_syntax", error.message().to_owned());
        }
        // What a broken file seems to say is not worth complaining about.
        errors
            .is_empty()
            .then(|| catalogue(&source, table.get_ref()))
    };
    let to_keep = source.end()?;
    match manifest {
        Some(manifest) => Ok((manifest, to_keep)),
        None => Err(vec![Complaint::whole(
            path.display(),
            "toml_syntax",
            "is not TOML",
        )]),
    }
}

fn catalogue(source: &Source, table: &DeTable<'_>) -> Manifest {
    let root = Section::root(source, table);
    let profile = match root.section("shop") {
        Some(section) => shop::read(&section),
        None => {
            root.missing("[shop]");
            Default::default()
        }
    };
    let categories = category::read_all(&root, &profile.language);
    let products = product::read_all(&root, &profile.language, &categories);
    let promos = promo::read_all(&root, &products);
    root.end_plain();
    Manifest {
        profile,
        categories,
        products,
        promos,
    }
}
