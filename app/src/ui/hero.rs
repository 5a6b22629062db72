//! The shop's face.

use leptos::prelude::*;

use super::Avatar;

/// The shop's cover and name. The cover scrolls away; the name shrinks into a bar that stays.
#[component]
pub fn Hero(
    /// The shop's name.
    #[prop(into)]
    name: String,
    /// One line below.
    #[prop(into)]
    tagline: String,
    /// The cover's address.
    #[prop(into)]
    cover: Option<String>,
) -> impl IntoView {
    let has_cover = cover.is_some();
    let cover = cover.map(|src| {
        view! {
            <img
                class="hero-cover"
                src=src
                alt=""
                fetchpriority="high"
                decoding="async"
                width="1200"
                height="480"
            />
        }
    });
    let avatar = (!has_cover).then(|| view! { <Avatar name=name.clone() src=None/> });
    let tagline = (!tagline.is_empty()).then(|| view! { <p class="hero-tagline">{tagline}</p> });
    view! {
        <header class="hero">
            {cover}
            <div class="hero-bar">{avatar} <h1>{name}</h1></div>
            {tagline}
        </header>
    }
}
