//! A word or two on a small ground.

use leptos::prelude::*;

/// How a badge is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BadgeKind {
    /// Says something in passing.
    #[default]
    Quiet,
    /// Something good: it is yours.
    Good,
    /// Something is gone or wrong.
    Danger,
    /// About Stars or an edition.
    Gold,
}

impl BadgeKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Good => "good",
            Self::Danger => "danger",
            Self::Gold => "gold",
        }
    }
}

/// A word or two on a small ground: "Sold out", "7 left".
#[component]
pub fn Badge(
    /// How it is meant.
    #[prop(optional)]
    kind: BadgeKind,
    /// What it says.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <span class="badge" data-kind=kind.name()>{label}</span> }
}
