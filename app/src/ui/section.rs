//! Rows that belong together.

use leptos::prelude::*;

/// Rows that belong together, on a ground of their own, with a heading above and a note below.
#[component]
pub fn Section(
    /// The heading.
    #[prop(optional, into)]
    header: Option<String>,
    /// The note; none where it is empty.
    #[prop(optional, into)]
    footer: Option<String>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let header = header.map(|text| view! { <h2 class="section-header">{text}</h2> });
    let footer = footer.filter(|text| !text.is_empty());
    let footer = footer.map(|text| view! { <p class="section-footer">{text}</p> });
    view! {
        <section class="section">
            {header} <div class="section-body">{children()}</div> {footer}
        </section>
    }
}
