//! What slides up over the page.

use leptos::{html, prelude::*};
use words::Words;

use super::{Icon, glyph};

/// What slides up over the page, which stays and is dimmed. Open it with `show_modal` of the
/// element: its title takes the focus. Escape, a tap beside it and its own button close it, and
/// `on:close` hears of it.
#[component]
pub fn Sheet(
    /// The element, to open and to close it.
    node_ref: NodeRef<html::Dialog>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// The buyer's language.
    words: Words,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <dialog class="sheet" closedby="any" aria-label=move || title.get() node_ref=node_ref>
            <div class="sheet-head">
                <h2 tabindex="-1">{move || title.get()}</h2>
                <form method="dialog">
                    <button class="sheet-close" aria-label=words.nav().close>
                        <Icon glyph=glyph::CLOSE/>
                    </button>
                </form>
            </div>
            {children()}
        </dialog>
    }
}
