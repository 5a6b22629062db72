//! A product in a grid or on a shelf.

use leptos::prelude::*;
use words::Words;

use super::{Badge, Cover, Price, PriceTerm, Shot};

/// A product in a [`Grid`](super::Grid) or on a [`Shelf`](super::Shelf): square cover, title of two
/// lines at most, price.
#[component]
pub fn Card(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The product's title.
    #[prop(into)]
    title: String,
    /// Its first picture.
    picture: Option<Shot>,
    /// Its lowest price, in whole Stars.
    price: u64,
    /// Whether other offers cost more.
    #[prop(optional)]
    from: bool,
    /// For how long that price gives it; nothing for good.
    term: Option<PriceTerm>,
    /// Whether nothing is left.
    #[prop(optional)]
    sold_out: bool,
    /// Whether it is in sight at once, so that its picture must not wait.
    #[prop(optional)]
    eager: bool,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let term = term.map(PriceTerm::draw);
    let mark = sold_out.then(|| view! { <Badge label=words.product().sold_out/> });
    view! {
        <li class="card" data-sold-out=sold_out.then_some("")>
            <a class="card-link" href=href>
                <Cover title=title.clone() picture=picture eager=eager/>
                <span class="card-title">{title}</span>
                <span class="card-foot"><Price stars=price from=from words=words/> {term}</span>
                {mark}
            </a>
        </li>
    }
}
