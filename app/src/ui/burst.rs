//! The joy of a purchase.

use leptos::prelude::*;

use super::StarIcon;

/// A short burst of Stars (600 ms, once, by CSS alone; none where motion is unwelcome). Lies over
/// its nearest positioned ancestor and takes no room.
#[component]
pub fn Burst() -> impl IntoView {
    let stars = (0..10).map(|_| view! { <StarIcon/> }).collect::<Vec<_>>();
    view! { <div class="burst" aria-hidden="true">{stars}</div> }
}
