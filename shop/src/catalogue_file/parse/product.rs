//! `[[product]]`.

use std::collections::BTreeSet;

use super::{benefit, offer, picture};
use crate::{
    catalogue_file::section::{Section, TextRule},
    domain::{
        CategoryCode, ProductCode,
        manifest::{ManifestCategory, ManifestProduct, ProductText},
    },
    limits,
};

pub(super) fn read_all(
    root: &Section<'_>,
    base: &str,
    categories: &[ManifestCategory],
) -> Vec<ManifestProduct> {
    let mut codes: BTreeSet<ProductCode> = BTreeSet::new();
    let mut products = Vec::new();
    for section in root.sections("product") {
        let Some(product) = read(&section, base) else {
            continue;
        };
        if !categories
            .iter()
            .any(|category| category.code == product.category)
        {
            let message = format!("there is no category {:?}", product.category.as_str());
            section.complain_at("category", "unknown_category", message);
        }
        if !codes.insert(product.code.clone()) {
            let message = format!("there is another product {:?}", product.code.as_str());
            section.complain_at("code", "duplicate", message);
        }
        products.push(product);
    }
    products
}

fn read(section: &Section<'_>, base: &str) -> Option<ManifestProduct> {
    let code = section.needed_code("code", "1 to 48 of A-Z, a-z, 0-9, _ and -");
    let category: Option<CategoryCode> =
        section.needed_code("category", "1 to 32 of a-z, 0-9 and -");
    let title = section.needed_text("title", TextRule::line(limits::TITLE_CHARS));
    let mut text = texts(section);
    for value in [&mut text.summary, &mut text.description, &mut text.refunds] {
        value.get_or_insert_default();
    }
    let pictures = picture::read_all(section, base);
    let featured = section.flag("featured");
    let stock = section.number("stock", 0, u64::from(u32::MAX));
    let numbered = section.flag("numbered");
    if numbered && stock.is_none() {
        let message = "copies are numbered in an edition only: stock = … says how large it is";
        section.complain_at("numbered", "numbered_without_stock", message);
    }
    let per_buyer = section.number("per_buyer", 1, u64::from(u32::MAX));
    let offers = offer::read_all(section, base);
    let benefits = benefit::read_all(section, base);
    let other = |(language, section): (String, Section<'_>)| {
        let text = texts(&section);
        section.end_plain();
        (language, text)
    };
    let texts = section.languages(base).into_iter().map(other).collect();
    section.end();
    title?;
    Some(ManifestProduct {
        code: code?,
        category: category?,
        text,
        texts,
        pictures,
        featured,
        stock,
        numbered,
        per_buyer: per_buyer.and_then(|cap| u32::try_from(cap).ok()),
        offers,
        benefits,
    })
}

fn texts(section: &Section<'_>) -> ProductText {
    ProductText {
        title: section.text("title", TextRule::line(limits::TITLE_CHARS)),
        summary: section.text("summary", TextRule::line(limits::SUMMARY_CHARS)),
        description: section.text("description", TextRule::prose(limits::MARKDOWN_CHARS)),
        refunds: section.text("refunds", TextRule::prose(limits::MARKDOWN_CHARS)),
    }
}
