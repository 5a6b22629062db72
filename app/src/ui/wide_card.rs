//! A product that the seller puts in front.

use leptos::prelude::*;
use words::Words;

use super::{Cover, Price, Shot};

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
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    view! {
        <a class="wide-card" href=href>
            <Cover title=title.clone() picture=picture eager=true/>
            <span class="wide-card-words">
                <span class="wide-card-title">{title}</span>
                <span class="wide-card-summary">{summary}</span>
                <Price stars=price from=from words=words/>
            </span>
        </a>
    }
}
