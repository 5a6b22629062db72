//! From a view to HTML.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

/// Draws a view at once. What it needs was read before.
pub(crate) fn draw<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    // Inside a server function there is an owner already, which must be back afterwards.
    let before = Owner::current();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    if let Some(before) = before {
        before.set();
    }
    html
}
