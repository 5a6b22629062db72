//! `[[promo]]`.

use std::collections::BTreeSet;

use crate::{
    catalogue_file::section::Section,
    domain::{Discount, ProductCode, Promo, PromoCode, Stars, manifest::ManifestProduct},
    limits,
};

pub(super) fn read_all(root: &Section<'_>, products: &[ManifestProduct]) -> Vec<Promo> {
    let mut codes: BTreeSet<PromoCode> = BTreeSet::new();
    let mut promos = Vec::new();
    for section in root.sections("promo") {
        let Some(promo) = read(&section, products) else {
            continue;
        };
        if !codes.insert(promo.code.clone()) {
            let message = format!("there is another promo code {:?}", promo.code.as_str());
            section.complain_at("code", "duplicate", message);
        }
        promos.push(promo);
    }
    promos
}

fn read(section: &Section<'_>, products: &[ManifestProduct]) -> Option<Promo> {
    let code = section.needed_code("code", "1 to 32 letters, digits, - and _");
    let discount = discount(section);
    let uses = section.number("uses", 1, u64::from(u32::MAX));
    let per_buyer = section.number("per_buyer", 1, u64::from(u32::MAX));
    let (starts, ends) = (section.moment("starts"), section.moment("ends"));
    if starts
        .zip(ends)
        .is_some_and(|(starts, ends)| ends <= starts)
    {
        section.complain_at("ends", "ends_before_start", "ends must be after starts");
    }
    let products = good_for(section, products);
    section.end_plain();
    Some(Promo {
        code: code?,
        discount: discount?,
        uses,
        per_buyer: per_buyer.and_then(|cap| u32::try_from(cap).ok()),
        starts,
        ends,
        products,
    })
}

fn discount(section: &Section<'_>) -> Option<Discount> {
    let percent = section.number("percent_off", 1, 99);
    let stars = section.number("stars_off", 1, limits::PRICE_MOST);
    match (section.has("percent_off"), section.has("stars_off")) {
        (true, true) => {
            let message = "percent_off and stars_off exclude each other";
            section.complain_at("stars_off", "two_discounts", message);
            None
        }
        (false, false) => {
            section.missing("percent_off or stars_off");
            None
        }
        (true, false) => percent
            .and_then(|percent| u8::try_from(percent).ok())
            .map(Discount::Percent),
        (false, true) => stars.map(|off| Discount::Stars(Stars(off))),
    }
}

/// In the order of their codes, each once.
fn good_for(section: &Section<'_>, products: &[ManifestProduct]) -> Vec<ProductCode> {
    let mut good_for = BTreeSet::new();
    let names = section.texts("products");
    if names.as_ref().is_some_and(Vec::is_empty) {
        let message = "products names none: leave it out for all products";
        section.complain_at("products", "empty", message);
    }
    for name in names.unwrap_or_default() {
        match products.iter().find(|known| known.code.as_str() == name) {
            Some(product) => {
                good_for.insert(product.code.clone());
            }
            None => {
                let message = format!("there is no product {name:?}");
                section.complain_at("products", "unknown_product", message);
            }
        }
    }
    good_for.into_iter().collect()
}
