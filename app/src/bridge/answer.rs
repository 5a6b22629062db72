//! Calls that answer later.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Makes a call that takes a callback, and waits for the callback's argument. Nothing when the
/// call itself is not possible.
///
/// The callback is the promise's own `resolve`, so nothing of ours has to outlive the call.
pub(super) async fn answer(
    mut call: impl FnMut(&Function) -> Result<(), JsValue>,
) -> Option<JsValue> {
    let mut called = false;
    let promise = Promise::new(&mut |resolve, _| called = call(&resolve).is_ok());
    if !called {
        return None;
    }
    JsFuture::from(promise).await.ok()
}
