//! The frame of a page.

use leptos::prelude::*;
use words::Words;

use super::{Icon, glyph};

/// The frame of a page: safe areas, width, heading, and in a plain browser the arrow back (inside
/// Telegram the native back button does that).
#[component]
pub fn Screen(
    /// The page's heading; leave it out where the content brings its own `h1`.
    #[prop(optional, into)]
    title: Option<String>,
    /// Where the arrow leads.
    #[prop(optional, into)]
    back: Option<String>,
    /// The buyer's language.
    words: Words,
    /// The content.
    children: Children,
) -> impl IntoView {
    let back = back.map(|href| {
        view! {
            <a class="screen-back" href=href aria-label=words.nav().back>
                <Icon glyph=glyph::BACK/>
            </a>
        }
    });
    let title = title.map(|title| view! { <h1 class="screen-title">{title}</h1> });
    view! { <main class="screen">{back} {title} {children()}</main> }
}
