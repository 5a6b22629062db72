//! A product's name and price.

use leptos::prelude::*;
use words::Words;

use super::{Price, PriceBefore};

/// A product's name, its price with what it buys, and its marks.
#[component]
pub fn ProductHead(
    /// The product's title, whole.
    #[prop(into)]
    title: String,
    /// The price, in whole Stars; the lowest one where there are several.
    price: u64,
    /// What it was without a promo code, where one holds.
    #[prop(optional_no_strip, into)]
    was: Option<u64>,
    /// Whether other offers cost more.
    #[prop(optional)]
    from: bool,
    /// What that price buys, after it: "once", "every 30 days".
    #[prop(optional_no_strip, into)]
    buys: Option<String>,
    /// One line about it, below the price.
    #[prop(optional, into)]
    note: Option<String>,
    /// The buyer's language.
    words: Words,
    /// [`Badge`](super::Badge)s.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let buys = buys.map(|text| view! { <span class="product-head-note">{text}</span> });
    let note = note.map(|text| view! { <p class="product-head-note">{text}</p> });
    let marks =
        children.map(|children| view! { <div class="product-head-marks">{children()}</div> });
    let was = was.map(|stars| view! { <PriceBefore stars=stars words=words/> });
    view! {
        <div class="product-head">
            <h1>{title}</h1>
            {note}
            <p class="product-head-price">{was} <Price stars=price from=from words=words/> {buys}</p>
            {marks}
        </div>
    }
}
