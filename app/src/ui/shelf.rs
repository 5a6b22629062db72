//! Products in a row that can be pushed sideways.

use leptos::prelude::*;

/// [`Card`](super::Card)s in a row that can be pushed sideways, under a heading.
#[component]
pub fn Shelf(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Address and label of the link to all of them.
    #[prop(optional)]
    more: Option<(String, &'static str)>,
    /// The cards.
    children: Children,
) -> impl IntoView {
    let more = more.map(|(href, label)| {
        let name = format!("{label}: {title}");
        view! { <a class="shelf-more" href=href aria-label=name>{label}</a> }
    });
    view! {
        <section class="shelf">
            <div class="shelf-head"><h2>{title}</h2> {more}</div>
            <ul class="shelf-row" role="list">{children()}</ul>
        </section>
    }
}
