//! A screen that stands in for content.

use leptos::prelude::*;
use words::groups::Scene;

use super::art::Art;

/// A screen that stands in for content: a drawing, what is so, one sentence, one next step.
#[component]
pub fn EmptyState(
    /// The drawing, from [`art`](super::art).
    art: Art,
    /// Title and sentence; the scene's action is the label that the caller gives its button.
    scene: &'static Scene,
    /// Whether its title is the page's heading.
    #[prop(optional)]
    page: bool,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title = if page {
        view! { <h1 class="empty-title">{scene.title}</h1> }.into_any()
    } else {
        view! { <h2 class="empty-title">{scene.title}</h2> }.into_any()
    };
    let action = children.map(|children| view! { <div class="actions">{children()}</div> });
    view! {
        <div class="empty">
            <span class="art" aria-hidden="true" inner_html=art.0></span>
            {title}
            <p class="empty-text">{scene.text}</p>
            {action}
        </div>
    }
}
