//! The WASM entry: hydrates the islands, nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once, before it wakes its islands.
#[wasm_bindgen]
pub fn hydrate() {
    // Panic texts are for developers; in the shipped build they would cost more than an island.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    app::client::start::start();
}
