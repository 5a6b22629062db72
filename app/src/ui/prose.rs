//! The seller's own words.

use leptos::prelude::*;

/// The seller's own words, from Markdown that was made safe on the server.
#[component]
pub fn Prose(
    /// Sanitised HTML. Never pass anything else.
    html: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}
