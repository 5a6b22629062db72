//! The Star.

use leptos::prelude::*;

/// The Star in two tones of gold, on the text's baseline. Hidden from screen readers: the amount
/// beside it is read as "250 Stars".
#[component]
pub fn StarIcon() -> impl IntoView {
    view! { <svg class="star" viewBox="0 0 20 20" aria-hidden="true" inner_html=SHAPES></svg> }
}

/// A rounded star, and the light on its upper left.
const SHAPES: &str = concat!(
    r#"<path d="M10 2.2l2.35 4.9 5.35.75-3.9 3.75.95 5.35L10 14.4l-4.75 2.55.95-5.35-3.9-3.75 5.35-.75z"/>"#,
    r#"<path d="M10 4.9v6.2L4.6 9.1l3.7-.6z"/>"#,
);
