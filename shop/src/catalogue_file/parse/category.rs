//! `[[category]]`.

use std::collections::BTreeSet;

use crate::{
    catalogue_file::section::{Section, TextRule},
    domain::{CategoryCode, manifest::ManifestCategory},
    limits,
};

pub(super) fn read_all(root: &Section<'_>, base: &str) -> Vec<ManifestCategory> {
    let mut codes: BTreeSet<CategoryCode> = BTreeSet::new();
    let mut categories = Vec::new();
    for section in root.sections("category") {
        let Some(category) = read(&section, base) else {
            continue;
        };
        if !codes.insert(category.code.clone()) {
            let message = format!("there is another category {:?}", category.code.as_str());
            section.complain_at("code", "duplicate", message);
        }
        categories.push(category);
    }
    categories
}

fn read(section: &Section<'_>, base: &str) -> Option<ManifestCategory> {
    let rule = TextRule::line(limits::TITLE_CHARS);
    let code = section.needed_code("code", "1 to 32 of a-z, 0-9 and -");
    let title = section.needed_text("title", rule);
    let other = |(language, section): (String, Section<'_>)| {
        let title = section.needed_text("title", rule);
        section.end_plain();
        title.map(|title| (language, title))
    };
    let titles = section
        .languages(base)
        .into_iter()
        .filter_map(other)
        .collect();
    section.end();
    Some(ManifestCategory {
        code: code?,
        title: title?,
        titles,
    })
}
