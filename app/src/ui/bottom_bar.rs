//! The bar at the bottom that stands in for Telegram's main button.

use leptos::prelude::*;

/// The bar at the bottom of a plain browser, in the shape of Telegram's main button, which takes
/// its place inside Telegram. It is pinned to the stable height of the viewport, so that it keeps
/// still while the sheet around the page is dragged, and makes its own room at the page's end.
#[component]
pub fn BottomBar(
    /// A line above the button.
    #[prop(optional, into)]
    note: Option<String>,
    /// One button, or two side by side.
    children: Children,
) -> impl IntoView {
    view! {
        <footer class="bottom-bar">
            {note.map(|note| view! { <p class="bottom-bar-note">{note}</p> })}
            <div class="bottom-bar-row">{children()}</div>
        </footer>
    }
}
