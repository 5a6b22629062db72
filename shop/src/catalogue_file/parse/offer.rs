//! `price`, or `[[product.offer]]`.

use crate::{
    catalogue_file::section::{Section, TextRule},
    domain::{OfferCode, OfferTerm, Stars, manifest::ManifestOffer},
    limits,
};

/// The code of a product's only offer.
const DEFAULT: &str = "default";

pub(super) fn read_all(product: &Section<'_>, base: &str) -> Vec<ManifestOffer> {
    let several = product.has("offer");
    match (product.has("price"), several) {
        (true, true) => {
            let message = "price and [[product.offer]] exclude each other: an offer has its own";
            product.complain_at("price", "price_and_offers", message);
            Vec::new()
        }
        (false, false) => {
            product.complain(
                "missing",
                "a price is missing here: price = …, or [[product.offer]]",
            );
            Vec::new()
        }
        (true, false) => only(product).into_iter().collect(),
        (false, true) => offers(product, base),
    }
}

fn price(section: &Section<'_>) -> Option<Stars> {
    if !section.has("price") {
        section.missing("price");
    }
    section
        .number("price", limits::PRICE_LEAST, limits::PRICE_MOST)
        .map(Stars)
}

/// `days = …` for a pass, `subscription = true` for what Telegram renews; else for good.
fn term(section: &Section<'_>) -> OfferTerm {
    let renews = section.flag("subscription");
    let days = section.number("days", 1, limits::PASS_DAYS_MOST);
    match days.and_then(|days| u32::try_from(days).ok()) {
        Some(_) if renews => {
            let message = "days and subscription exclude each other: Telegram renews each month";
            section.complain_at("days", "days_and_subscription", message);
            OfferTerm::Subscription
        }
        Some(days) => OfferTerm::Pass { days },
        None if renews => OfferTerm::Subscription,
        None => OfferTerm::Forever,
    }
}

fn only(product: &Section<'_>) -> Option<ManifestOffer> {
    Some(ManifestOffer {
        code: DEFAULT.parse().ok()?,
        title: String::new(),
        price: price(product)?,
        term: term(product),
        titles: [].into(),
    })
}

fn offers(product: &Section<'_>, base: &str) -> Vec<ManifestOffer> {
    let mut offers: Vec<ManifestOffer> = Vec::new();
    for section in product.sections("offer") {
        let Some(offer) = read(&section, base) else {
            continue;
        };
        if offers.iter().any(|other| other.code == offer.code) {
            let message = format!("there is another offer {:?}", offer.code.as_str());
            section.complain_at("code", "duplicate", message);
        }
        offers.push(offer);
    }
    offers
}

fn read(section: &Section<'_>, base: &str) -> Option<ManifestOffer> {
    let rule = TextRule::line(limits::TITLE_CHARS);
    let code: Option<OfferCode> = section.needed_code("code", "1 to 32 of a-z, 0-9 and -");
    let title = match &code {
        // The only offer needs no name of its own.
        Some(code) if code.as_str() == DEFAULT => {
            section.text("title", rule).or(Some(String::new()))
        }
        _ => section.needed_text("title", rule),
    };
    let price = price(section);
    let term = term(section);
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
    Some(ManifestOffer {
        code: code?,
        title: title?,
        price: price?,
        term,
        titles,
    })
}
