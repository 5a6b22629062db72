//! Pictures to swipe through.

use leptos::prelude::*;
use words::Words;

use super::{Cover, Shot};
use crate::limits::SHOTS_MOST;

/// A product's pictures, from edge to edge, swiped or pushed by the arrow keys, with a dot for
/// each. Works without scripts: the dots follow the swipe by a scroll-driven animation; where the
/// browser has none, the next picture peeks in instead.
#[component]
pub fn Gallery(
    /// The pictures, ten at most; without any, the title's first letter stands in.
    shots: Vec<Shot>,
    /// The product's title.
    #[prop(into)]
    title: String,
    /// The buyer's language.
    words: Words,
) -> impl IntoView {
    let total = shots.len().min(SHOTS_MOST);
    if total < 2 {
        let only = shots.into_iter().next();
        return match only {
            Some(shot) => view! {
                <div class="gallery">
                    <div class="gallery-strip">{slide(shot, true)}</div>
                </div>
            }
            .into_any(),
            None => {
                view! { <div class="gallery"><Cover title=title picture=None/></div> }.into_any()
            }
        };
    }
    let slides = shots
        .into_iter()
        .take(SHOTS_MOST)
        .enumerate()
        .map(|(i, shot)| slide(shot, i == 0))
        .collect::<Vec<_>>();
    let dots = (0..total).map(|_| view! { <i></i> }).collect::<Vec<_>>();
    view! {
        <div class="gallery">
            <div class="gallery-strip" role="group" tabindex="0" aria-label=words.product().pictures>
                {slides}
            </div>
            <div class="gallery-dots" aria-hidden="true">{dots}</div>
        </div>
    }
    .into_any()
}

/// One picture. The first must not wait: it is the largest thing on the page.
fn slide(shot: Shot, first: bool) -> impl IntoView {
    let (loading, priority) = if first {
        ("eager", Some("high"))
    } else {
        ("lazy", None)
    };
    view! {
        <img
            src=shot.src
            alt=shot.alt
            loading=loading
            fetchpriority=priority
            decoding="async"
            width="1024"
            height="1024"
        />
    }
}
