//! Touch that can be felt: on a choice, on success, on refusal, and never for decoration.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;

use super::web_app::{client, property};

/// What is to be felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haptic {
    /// Something was chosen.
    Selection,
    /// The shop has said that it is done.
    Success,
    /// The shop has said no, or something failed.
    Error,
}

/// Lets the buyer feel it (clients since 6.1). Nothing under reduced motion.
pub fn feel(haptic: Haptic) {
    if !super::version_at_least("6.1") || crate::client::page::prefers_reduced_motion() {
        return;
    }
    let Some(haptics) = client().and_then(|app| property(app.as_ref(), "HapticFeedback")) else {
        return;
    };
    let (method, kind) = match haptic {
        Haptic::Selection => ("selectionChanged", None),
        Haptic::Success => ("notificationOccurred", Some("success")),
        Haptic::Error => ("notificationOccurred", Some("error")),
    };
    if let Ok(method) = Reflect::get(&haptics, &method.into())
        && let Some(method) = method.dyn_ref::<Function>()
    {
        // A device without a motor is no reason to stop.
        let _ = match kind {
            Some(kind) => method.call1(&haptics, &kind.into()),
            None => method.call0(&haptics),
        };
    }
}
