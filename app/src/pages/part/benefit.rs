//! What a product promises.

use leptos::prelude::*;
use shop::domain::{BenefitKind, BenefitPreview};
use words::Words;

use crate::ui::{Cell, Glyph, glyph};

/// One benefit as a row: what it is and how it comes.
#[component]
pub(in crate::pages) fn Promise(words: Words, benefit: BenefitPreview) -> impl IntoView {
    let product = words.product();
    let (kind, how) = match benefit.kind {
        BenefitKind::File => (product.file, product.file_how),
        BenefitKind::Code => (product.code, product.code_how),
        BenefitKind::Text => (product.text, product.text_how),
        BenefitKind::Link => (product.link, product.link_how),
    };
    let icon = icon(benefit.kind);
    let after = benefit
        .size_bytes
        .map_or_else(|| kind.to_owned(), |size| words.file_size(size));
    view! { <Cell icon=icon title=benefit.title subtitle=how after=after/> }
}

/// The picture of a kind of benefit.
pub(super) const fn icon(kind: BenefitKind) -> Glyph {
    match kind {
        BenefitKind::File => glyph::FILE,
        BenefitKind::Code => glyph::CODE,
        BenefitKind::Text => glyph::TEXT,
        BenefitKind::Link => glyph::LINK,
    }
}
