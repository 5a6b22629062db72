//! A screen that stands in for content.

use leptos::prelude::*;
use words::groups::Scene;

/// A line drawing from `public/illustrations`, shown in the text's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Art(&'static str);

impl Art {
    /// Nothing bought yet.
    pub const EMPTY_LIBRARY: Self = Self("empty-library");
    /// Nothing found.
    pub const EMPTY_SEARCH: Self = Self("empty-search");
    /// Something broke.
    pub const ERROR: Self = Self("error");
    /// No way to the server.
    pub const OFFLINE: Self = Self("offline");
    /// Nothing left.
    pub const SOLD_OUT: Self = Self("sold-out");
    /// The payment was not finished.
    pub const CLOSED: Self = Self("closed");
    /// Too old.
    pub const EXPIRED: Self = Self("expired");
    /// To be opened in Telegram.
    pub const OPEN_IN_TELEGRAM: Self = Self("open-in-telegram");
    /// No such page.
    pub const NOT_FOUND: Self = Self("not-found");
    /// Sales are paused.
    pub const PAUSED: Self = Self("paused");
}

/// A screen that stands in for content: a drawing, what is so, one sentence, one next step.
#[component]
pub fn EmptyState(
    /// The drawing.
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
    let action = children.map(|children| view! { <div class="empty-action">{children()}</div> });
    view! {
        <div class="empty">
            <span class="art" data-art=art.0 aria-hidden="true"></span>
            {title}
            <p class="empty-text">{scene.text}</p>
            {action}
        </div>
    }
}
