//! Pictures beside words.

use leptos::prelude::*;

/// Pictures above words; side by side on wide windows, where the pictures stay in sight.
#[component]
pub fn Split(
    /// The pictures.
    #[prop(into)]
    media: ViewFnOnce,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="split">
            <div class="split-media">{media.run()}</div>
            <div class="split-words">{children()}</div>
        </div>
    }
}
