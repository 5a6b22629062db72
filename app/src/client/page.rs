//! The document around the islands.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, HtmlTemplateElement, Window};

use crate::phrase::Phrase;

/// The window. There always is one where this runs; a worker would have none.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An element by its id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The tag of the page's language, as the server wrote it.
pub fn lang() -> String {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("lang"))
        .unwrap_or_default()
}

/// One of the page's own phrases.
pub fn say(phrase: Phrase) -> String {
    let phrases = element("phrases").map(|phrases| {
        phrases
            .unchecked_into::<HtmlTemplateElement>()
            .content()
            .children()
            .item(phrase.place())
    });
    phrases
        .flatten()
        .and_then(|phrase| phrase.text_content())
        .unwrap_or_default()
}

/// What an element says about itself under a name, if anything.
pub fn data(of: &Element, name: &str) -> Option<String> {
    of.get_attribute(name).filter(|text| !text.is_empty())
}

/// Whether the buyer wants things to keep still.
pub fn prefers_reduced_motion() -> bool {
    let query = window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok()?);
    query.is_some_and(|query| query.matches())
}

/// The path of this page.
pub fn path() -> String {
    window()
        .and_then(|w| w.location().pathname().ok())
        .unwrap_or_default()
}

/// An internal address that keeps the language chosen by this page's address, if it names one.
pub fn localised(path: &str) -> String {
    let query = window()
        .and_then(|w| w.location().search().ok())
        .unwrap_or_default();
    if query.contains("lang=") {
        let join = if path.contains('?') { "&" } else { "?" };
        let lang = lang();
        [path, join, "lang=", &lang].concat()
    } else {
        path.to_owned()
    }
}

/// Goes to another page of the shop.
pub fn go(path: &str) {
    if let Some(window) = window() {
        // Only an address that cannot be read fails; ours are made of plain parts.
        let _ = window.location().assign(&localised(path));
    }
}

/// Goes to an address in place of this page.
pub fn replace(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(address);
    }
}

/// Loads this page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Unix seconds by the device's clock.
pub fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
                &resolve,
                milliseconds.try_into().unwrap_or(i32::MAX),
            );
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Listens for as long as the page lives.
pub fn listen(event: &str, act: impl FnMut(Event) + 'static) {
    if let Some(window) = window() {
        let act: JsValue = Closure::<dyn FnMut(Event)>::new(act).into_js_value();
        let _ = window.add_event_listener_with_callback(event, act.unchecked_ref());
    }
}

/// Acts when this page comes back out of the browser's cache, where it stood still.
pub fn on_return(mut act: impl FnMut() + 'static) {
    listen("pageshow", move |event| {
        if event
            .unchecked_ref::<web_sys::PageTransitionEvent>()
            .persisted()
        {
            act();
        }
    });
}
