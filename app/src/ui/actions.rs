//! Buttons below content.

use leptos::prelude::*;

/// [`Button`](super::Button)s below content, one above the other, as wide as it.
#[component]
pub fn Actions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}
