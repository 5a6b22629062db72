//! Something that the buyer has.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// Something that the buyer has, with what can be done with it.
#[component]
pub fn GoodsCell(
    /// What kind it is.
    icon: Glyph,
    /// What it is called.
    #[prop(into)]
    title: String,
    /// A quieter line below: kind and size. None where it is empty.
    #[prop(optional, into)]
    subtitle: Option<String>,
    /// Small buttons, a code, a text.
    children: Children,
) -> impl IntoView {
    let subtitle = subtitle.filter(|text| !text.is_empty());
    let subtitle = subtitle.map(|text| view! { <span class="cell-subtitle">{text}</span> });
    view! {
        <div class="goods">
            <div class="cell">
                <Icon glyph=icon/>
                <span class="cell-main">
                    <span class="cell-title">{title}</span>
                    {subtitle}
                </span>
            </div>
            <div class="goods-actions">{children()}</div>
        </div>
    }
}
