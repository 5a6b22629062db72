//! The bar at the bottom that stands in for Telegram's main button.

use leptos::prelude::*;

/// The bar at the bottom of a plain browser, in the shape of Telegram's main button, which takes
/// its place inside Telegram. It is pinned to the stable height of the viewport, so that it keeps
/// still while the sheet around the page is dragged, makes its own room at the page's end, and is
/// not there without a button.
#[component]
pub fn BottomBar(
    /// A line above the button; an empty one is left out.
    #[prop(optional, into)]
    note: Option<String>,
    /// One button, or two side by side.
    children: Children,
) -> impl IntoView {
    let note = note.filter(|note| !note.is_empty());
    view! {
        <footer class="bottom-bar">
            {note.map(|note| view! { <p class="bottom-bar-note">{note}</p> })}
            <div class="bottom-bar-row">{children()}</div>
        </footer>
    }
}
