//! Pictures: `{ file, alt }`.

use std::path::Path;

use crate::{
    catalogue_file::section::{Section, TextRule},
    domain::{FileKey, manifest::ManifestPicture},
    files::Shelf,
    limits,
};

/// What browsers show everywhere.
const KINDS: [&str; 7] = ["svg", "webp", "png", "jpg", "jpeg", "avif", "gif"];

pub(super) fn read_all(product: &Section<'_>, base: &str) -> Vec<ManifestPicture> {
    let sections = product.sections("pictures");
    sections
        .iter()
        .filter_map(|section| read(section, base))
        .collect()
}

fn read(section: &Section<'_>, base: &str) -> Option<ManifestPicture> {
    let rule = TextRule::line(limits::ALT_CHARS);
    let name = section.needed_text("file", TextRule::line(limits::LINK_CHARS));
    let file = name.and_then(|name| keep(section, "file", &name));
    // Not optional: a picture that says nothing to those who cannot see it is half a picture.
    let alt = section.needed_text("alt", rule);
    let other = |(language, section): (String, Section<'_>)| {
        let alt = section.needed_text("alt", rule);
        section.end_plain();
        alt.map(|alt| (language, alt))
    };
    let alts = section
        .languages(base)
        .into_iter()
        .filter_map(other)
        .collect();
    section.end();
    Some(ManifestPicture {
        file: file?,
        alt: alt?,
        alts,
    })
}

/// Notes a picture file to be stored.
pub(super) fn keep(section: &Section<'_>, key: &'static str, name: &str) -> Option<FileKey> {
    let extension = Path::new(name)
        .extension()
        .map(|ext| ext.to_string_lossy().to_lowercase());
    if !extension.is_some_and(|ext| KINDS.contains(&ext.as_str())) {
        let message = format!("{name:?} is no picture: use {}", KINDS.join(", "));
        section.complain_at(key, "picture_kind", message);
        return None;
    }
    let kept = section
        .source
        .file(Shelf::Pictures, name, &section.span_of(key))?;
    Some(kept.key)
}
