//! A row of small choices that can be pushed sideways.

use leptos::prelude::*;

/// A row of [`Chip`]s.
#[component]
pub fn Chips(
    /// What the row is called, for screen readers.
    #[prop(into)]
    label: String,
    /// The chips.
    children: Children,
) -> impl IntoView {
    view! { <nav class="chips" aria-label=label>{children()}</nav> }
}

/// A chip that leads somewhere.
#[component]
pub fn Chip(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What it says.
    #[prop(into)]
    label: String,
    /// Whether this is where we are.
    #[prop(optional)]
    current: bool,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=current.then_some("true")>
            {label}
        </a>
    }
}
