//! A small picture in the text's colour.

use leptos::prelude::*;

use super::Glyph;

/// A small picture, 24 px, in the text's colour. It is hidden from screen readers: what it means
/// stands beside it, or in the name of the button around it.
#[component]
pub fn Icon(
    /// Which one, from [`glyph`](super::glyph).
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            data-mirrors=glyph.mirrors.then_some("")
            viewBox="0 0 24 24"
            aria-hidden="true"
            inner_html=glyph.shapes
        ></svg>
    }
}
