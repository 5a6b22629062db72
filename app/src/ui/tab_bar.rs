//! The ways through the shop.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The ways through the shop, at the bottom of its main screens.
#[component]
pub fn TabBar(
    /// What it is called, for screen readers.
    #[prop(into)]
    label: String,
    /// The [`Tab`]s, five at most.
    children: Children,
) -> impl IntoView {
    view! { <nav class="tab-bar" aria-label=label>{children()}</nav> }
}

/// One of the ways.
#[component]
pub fn Tab(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its picture.
    icon: Glyph,
    /// What it says.
    #[prop(into)]
    label: String,
    /// Whether this is where we are.
    #[prop(optional)]
    current: bool,
) -> impl IntoView {
    view! {
        <a class="tab" href=href aria-current=current.then_some("page")>
            <Icon glyph=icon/>
            <span>{label}</span>
        </a>
    }
}
