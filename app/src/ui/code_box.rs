//! A key, set apart so that it can be taken along.

use leptos::prelude::*;

/// A key or code, selected whole by one tap, with room for a button that copies it.
#[component]
pub fn CodeBox(
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
    /// The code.
    #[prop(into)]
    code: String,
    /// The button beside it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let action = children.map(|children| children());
    view! {
        <div class="code-box" role="group" aria-label=label>
            <code dir="ltr">{code}</code>
            {action}
        </div>
    }
}
