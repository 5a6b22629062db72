//! Products in a row that can be pushed sideways.

use leptos::prelude::*;

/// [`Card`](super::Card)s in a row that can be pushed sideways, under a heading.
#[component]
pub fn Shelf(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The cards.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="shelf">
            <h2 class="grid-title">{title}</h2>
            <ul class="shelf-row" role="list">{children()}</ul>
        </section>
    }
}
