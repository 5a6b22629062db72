//! The buyer's purchases.

use leptos::prelude::*;

/// Puts the buyer's purchases in place of the skeleton that it wraps.
#[island]
pub fn Library(
    /// What stands there meanwhile.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    wasm_bindgen_futures::spawn_local(async {
        use crate::{
            api::list_library,
            client::{session::with_session, slot},
        };
        match with_session(list_library).await {
            Ok(fragment) => slot::fill(SLOT, &fragment),
            Err(error) => slot::failed(SLOT, &error),
        }
        slot::busy(SLOT, false);
    });
    view! {
        <div id=SLOT aria-busy="true">
            {children()}
        </div>
    }
}

const SLOT: &str = "library";
