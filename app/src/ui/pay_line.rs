//! How far a payment has come.

use leptos::prelude::*;
use words::Words;

/// How far a payment has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PayStage {
    /// The order is being opened.
    #[default]
    Asking,
    /// It is Telegram's turn.
    Waiting,
    /// It is Telegram's turn, and that takes long.
    Slow,
    /// The goods are there.
    Yours,
}

impl PayStage {
    const fn name(self) -> &'static str {
        match self {
            Self::Asking => "asking",
            Self::Waiting | Self::Slow => "waiting",
            Self::Yours => "yours",
        }
    }

    fn text(self, words: Words) -> &'static str {
        let buying = words.buying();
        match self {
            Self::Asking => buying.asking,
            Self::Waiting => buying.waiting,
            Self::Slow => buying.slow,
            Self::Yours => buying.yours,
        }
    }
}

/// One line of state that changes in place and is read aloud as it changes.
#[component]
pub fn PayLine(
    /// How far it has come.
    #[prop(into)]
    stage: Signal<PayStage>,
    /// The buyer's language.
    words: Words,
    /// A [`Burst`](super::Burst), when it is the buyer's.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let joy = children.map(|children| children());
    view! {
        <div class="pay-line" data-stage=move || stage.get().name()>
            <div class="pay-line-track" aria-hidden="true"><i></i><i></i><i></i></div>
            <p role="status">{move || stage.get().text(words)}</p>
            {joy}
        </div>
    }
}
