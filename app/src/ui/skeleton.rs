//! The place of what is still on its way.

use leptos::prelude::*;

/// The place of cards on their way, of their final size, to be put into a
/// [`Grid`](super::Grid) or [`Shelf`](super::Shelf). Shown after 150 ms only.
#[component]
pub fn CardSkeletons(
    /// How many.
    count: usize,
) -> impl IntoView {
    (0..count)
        .map(|_| {
            view! {
                <li class="card skeleton" aria-hidden="true">
                    <span class="cover"></span>
                    <span class="bone"></span>
                    <span class="bone" data-short=""></span>
                </li>
            }
        })
        .collect::<Vec<_>>()
}

/// The place of rows on their way, to be put into a [`Section`](super::Section).
#[component]
pub fn CellSkeletons(
    /// How many.
    count: usize,
) -> impl IntoView {
    (0..count)
        .map(|_| {
            view! {
                <div class="cell skeleton" aria-hidden="true">
                    <span class="bone" data-round=""></span>
                    <span class="cell-main">
                        <span class="bone"></span>
                        <span class="bone" data-short=""></span>
                    </span>
                </div>
            }
        })
        .collect::<Vec<_>>()
}

/// The place of a product page on its way.
#[component]
pub fn ProductSkeleton() -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true">
            <span class="cover"></span>
            <span class="bone" data-title=""></span>
            <span class="bone"></span>
            <span class="bone" data-short=""></span>
        </div>
    }
}
