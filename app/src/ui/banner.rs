//! A line over everything that must be known first.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A line over everything that must be known first: "The shop is taking a break".
#[component]
pub fn Banner(
    /// Its picture.
    icon: Glyph,
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <p class="banner">
            <Icon glyph=icon/>
            <span>{text}</span>
        </p>
    }
}
