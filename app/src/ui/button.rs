//! What is pressed.

use leptos::prelude::*;

/// How loud a button is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here. At most one in sight.
    #[default]
    Filled,
    /// Another thing to do.
    Tinted,
    /// Words that can be pressed.
    Plain,
    /// Takes something away.
    Danger,
    /// A tinted one, small enough to stand in a cell.
    Small,
}

impl ButtonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Filled => "filled",
            Self::Tinted => "tinted",
            Self::Plain => "plain",
            Self::Danger => "danger",
            Self::Small => "small",
        }
    }
}

/// A button. While busy it keeps its size, its focus and its label, shows three dots and cannot be
/// pressed by pointer; whoever owns it must still ignore a second press.
#[component]
pub fn Button(
    /// How loud it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether what it started is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its label.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind.name()
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
        >
            <span class="button-label">{children()}</span>
        </button>
    }
}

/// A link in the shape of a button.
#[component]
pub fn LinkButton(
    /// How loud it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its label.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" data-kind=kind.name() href=href>
            <span class="button-label">{children()}</span>
        </a>
    }
}
