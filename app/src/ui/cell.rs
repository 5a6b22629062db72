//! A row of a section.

use leptos::prelude::*;

use super::{Cover, Glyph, Icon, Shot, glyph};

/// A row that only tells.
#[component]
pub fn Cell(
    /// Its picture.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// What it is about.
    #[prop(into)]
    title: String,
    /// A quieter line below.
    #[prop(optional, into)]
    subtitle: Option<String>,
    /// What stands at the end of the row.
    #[prop(optional, into)]
    after: Option<String>,
    /// Anything else at the end of the row.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let end = children.map(|children| children());
    view! { <div class="cell">{inside(icon, title, subtitle, after)} {end}</div> }
}

/// A row that leads somewhere.
#[component]
pub fn LinkCell(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its picture.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// What it is about.
    #[prop(into)]
    title: String,
    /// A quieter line below.
    #[prop(optional, into)]
    subtitle: Option<String>,
    /// What stands at the end of the row, before the arrow.
    #[prop(optional, into)]
    after: Option<String>,
) -> impl IntoView {
    view! {
        <a class="cell" href=href>
            {inside(icon, title, subtitle, after)}
            <Icon glyph=glyph::FORWARD/>
        </a>
    }
}

/// A row that leads to a product, with its picture.
#[component]
pub fn ProductCell(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The product's title.
    #[prop(into)]
    title: String,
    /// A quieter line below.
    #[prop(optional, into)]
    subtitle: Option<String>,
    /// Its first picture.
    picture: Option<Shot>,
) -> impl IntoView {
    view! {
        <a class="cell product-cell" href=href>
            <Cover title=title.clone() picture=picture/>
            {inside(None, title, subtitle, None)}
            <Icon glyph=glyph::FORWARD/>
        </a>
    }
}

/// Picture, two lines, and the word at the end.
fn inside(
    icon: Option<Glyph>,
    title: String,
    subtitle: Option<String>,
    after: Option<String>,
) -> impl IntoView {
    let icon = icon.map(|icon| view! { <Icon glyph=icon/> });
    let subtitle = subtitle.map(|text| view! { <span class="cell-subtitle">{text}</span> });
    let after = after.map(|text| view! { <span class="cell-after">{text}</span> });
    view! {
        {icon}
        <span class="cell-main">
            <span class="cell-title">{title}</span>
            {subtitle}
        </span>
        {after}
    }
}
