//! A product that the seller puts in front.

use leptos::prelude::*;
use words::Words;

use super::{Cover, Price, PriceTerm, Shot};

/// A product that the seller puts in front: a wide picture with title, line and price below.
#[component]
pub fn WideCard(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The product's title.
    #[prop(into)]
    title: String,
    /// One line about it.
    #[prop(into)]
    summary: String,
    /// Its first picture.
    picture: Option<Shot>,
    /// Its lowest price, in whole Stars.
    price: u64,
    /// Whether other offers cost more.
    #[prop(optional)]
    from: bool,
    /// For how long that price gives it; nothing for good.
    term: Option<PriceTerm>,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let term = term.map(PriceTerm::draw);
    view! {
        <a class="wide-card" href=href>
            <Cover title=title.clone() picture=picture eager=true/>
            <span class="wide-card-words">
                <span class="wide-card-title">{title}</span>
                <span class="wide-card-summary">{summary}</span>
                <span class="card-foot"><Price stars=price from=from words=words/> {term}</span>
            </span>
        </a>
    }
}
