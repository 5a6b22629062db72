//! The Star.

use leptos::prelude::*;

/// The Star in two tones of gold, on the text's baseline. Hidden from screen readers: the amount
/// beside it is read as "250 Stars".
#[component]
pub fn StarIcon() -> impl IntoView {
    view! { <svg class="star" viewBox="2 2 20 20" aria-hidden="true" inner_html=SHAPE></svg> }
}

/// The rounded star of `public/star.svg`; its rim is a stroke.
const SHAPE: &str = concat!(
    r#"<path d="M10.5 4.8Q12 2.3 13.5 4.8L14.8 7Q15.2 7.8 16.1 8L18.6 8.5Q21.4 9.1 19.5 11.3"#,
    r#"L17.8 13.2Q17.2 13.9 17.3 14.8L17.6 17.3Q17.8 20.2 15.2 19.1L12.8 18.1Q12 17.7 11.2 18.1"#,
    r#"L8.8 19.1Q6.2 20.2 6.5 17.3L6.7 14.8Q6.8 13.9 6.2 13.2L4.5 11.3Q2.6 9.1 5.4 8.5L7.9 8"#,
    r#"Q8.8 7.8 9.2 7z"/>"#,
);
