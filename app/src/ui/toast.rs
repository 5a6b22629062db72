//! A word in passing.

use leptos::prelude::*;

/// A word in passing, above the bars, read aloud when it changes. Put it on the page from the
/// start and empty: screen readers hear only what changes.
#[component]
pub fn Toast(
    /// What it says; nothing hides it.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            {move || message.get().map(|text| view! { <p>{text}</p> })}
        </div>
    }
}
