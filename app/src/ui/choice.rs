//! One out of several: offers, languages.

use leptos::prelude::*;

/// The rows of a choice, to be put into a [`Section`](super::Section).
#[component]
pub fn Choices(
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: String,
    /// The [`Choice`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="choices" role="radiogroup" aria-label=label>{children()}</div> }
}

/// One row of a choice. `on:change` on it hears when it is taken.
#[component]
pub fn Choice(
    /// The group's name in the form.
    #[prop(into)]
    name: String,
    /// The value that it stands for.
    #[prop(into)]
    value: String,
    /// What it says.
    #[prop(into)]
    title: String,
    /// A quieter line below.
    #[prop(optional_no_strip, into)]
    subtitle: Option<String>,
    /// Whether it is taken at first.
    #[prop(optional)]
    checked: bool,
    /// What stands at the end of the row: a price, for one.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let end = children.map(|children| children());
    let subtitle = subtitle.map(|text| view! { <span class="cell-subtitle">{text}</span> });
    view! {
        <label class="cell choice">
            <input type="radio" name=name value=value checked=checked/>
            <span class="cell-main">
                <span class="cell-title">{title}</span>
                {subtitle}
            </span>
            {end}
        </label>
    }
}
