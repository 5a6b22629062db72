//! Products side by side.

use leptos::prelude::*;

/// [`Card`](super::Card)s in two columns, three to five on wide windows.
#[component]
pub fn Grid(
    /// The cards.
    children: Children,
) -> impl IntoView {
    // Safari forgets that an unstyled list is a list, unless told so.
    view! { <ul class="grid" role="list">{children()}</ul> }
}
