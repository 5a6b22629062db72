//! Copying.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlDocument, HtmlTextAreaElement, Window};

/// Copies a text. Says whether it worked; where nothing is allowed, the text can still be selected
/// by hand.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    if write(&window, text).await {
        return true;
    }
    // Frames of the web clients have no permission for the new way, but may use the old one.
    window
        .document()
        .and_then(|document| copy_selected(document, text))
        .unwrap_or(false)
}

async fn write(window: &Window, text: &str) -> bool {
    // Outside of secure contexts there is no clipboard object at all.
    window.is_secure_context()
        && JsFuture::from(window.navigator().clipboard().write_text(text))
            .await
            .is_ok()
}

fn copy_selected(document: Document, text: &str) -> Option<bool> {
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    area.set_value(text);
    area.set_class_name("hidden");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document
        .unchecked_into::<HtmlDocument>()
        .exec_command("copy");
    area.remove();
    copied.ok()
}
