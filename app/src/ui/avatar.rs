//! A round picture of somebody, or of the shop.

use leptos::prelude::*;

use super::cover::first_letter;

/// A round picture; the first letter of the name where there is none. The name stands beside it,
/// so that it is hidden from screen readers.
#[component]
pub fn Avatar(
    /// Whose picture.
    #[prop(into)]
    name: String,
    /// The picture's address.
    #[prop(into)]
    src: Option<String>,
) -> impl IntoView {
    let inside = match src {
        Some(src) => view! { <img src=src alt="" width="44" height="44"/> }.into_any(),
        None => first_letter(&name).into_any(),
    };
    view! { <span class="avatar" aria-hidden="true">{inside}</span> }
}
