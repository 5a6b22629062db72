//! The script's object, and what is known from the start.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// `Telegram.WebApp`. Methods that throw in old clients are marked `catch`.
    pub(super) type WebApp;

    #[wasm_bindgen(method)]
    fn ready(this: &WebApp);
    #[wasm_bindgen(method)]
    fn expand(this: &WebApp);
    #[wasm_bindgen(method)]
    fn close(this: &WebApp);
    #[wasm_bindgen(method, getter)]
    fn platform(this: &WebApp) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = initData)]
    fn init_data(this: &WebApp) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = initDataUnsafe)]
    fn init_data_unsafe(this: &WebApp) -> JsValue;
    #[wasm_bindgen(method, js_name = isVersionAtLeast)]
    fn is_version_at_least(this: &WebApp, version: &str) -> bool;

    #[wasm_bindgen(method, js_name = onEvent)]
    pub(super) fn on_event(this: &WebApp, event: &str, handler: &Function);
    #[wasm_bindgen(method, js_name = offEvent)]
    pub(super) fn off_event(this: &WebApp, event: &str, handler: &Function);

    #[wasm_bindgen(method, catch, js_name = openInvoice)]
    pub(super) fn open_invoice(this: &WebApp, link: &str, done: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = showPopup)]
    pub(super) fn show_popup(this: &WebApp, popup: &Object, done: &Function)
    -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestWriteAccess)]
    pub(super) fn request_write_access(this: &WebApp, done: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = downloadFile)]
    pub(super) fn download_file(this: &WebApp, file: &Object) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = openLink)]
    pub(super) fn open_link(this: &WebApp, link: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = openTelegramLink)]
    pub(super) fn open_telegram_link(this: &WebApp, link: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = enableClosingConfirmation)]
    pub(super) fn enable_closing_confirmation(this: &WebApp);
    #[wasm_bindgen(method, js_name = disableClosingConfirmation)]
    pub(super) fn disable_closing_confirmation(this: &WebApp);
    #[wasm_bindgen(method, js_name = enableVerticalSwipes)]
    pub(super) fn enable_vertical_swipes(this: &WebApp);
    #[wasm_bindgen(method, js_name = disableVerticalSwipes)]
    pub(super) fn disable_vertical_swipes(this: &WebApp);
}

/// A property of an object, if it is there.
pub(super) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// An object of named values.
pub(super) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}

/// The script's object; nothing where the script was blocked or has not come.
pub(super) fn web_app() -> Option<WebApp> {
    let telegram = property(&js_sys::global(), "Telegram")?;
    Some(property(&telegram, "WebApp")?.unchecked_into())
}

/// The client, if there is one: the script alone stands in plain browsers too.
pub(super) fn client() -> Option<WebApp> {
    web_app().filter(|app| app.platform().is_some_and(|platform| platform != "unknown"))
}

/// Whether a Telegram client is around the page.
pub fn is_telegram() -> bool {
    client().is_some()
}

/// The client's platform: `android`, `ios`, `tdesktop`, `weba`…
pub fn platform() -> Option<String> {
    client()?.platform()
}

/// Whether the client speaks at least this version of the Mini App interface.
pub fn version_at_least(version: &str) -> bool {
    client().is_some_and(|app| app.is_version_at_least(version))
}

/// Telegram's signed launch data, raw, if the client gave any.
pub fn init_data() -> Option<String> {
    web_app()?.init_data().filter(|data| !data.is_empty())
}

/// The language of the buyer's Telegram app, an IETF tag.
pub fn language_code() -> Option<String> {
    let user = property(&web_app()?.init_data_unsafe(), "user")?;
    property(&user, "language_code")?.as_string()
}

/// Tells the client that the page can be seen.
pub fn ready() {
    if let Some(app) = client() {
        app.ready();
    }
}

/// Asks for the full height of the sheet.
pub fn expand() {
    if let Some(app) = client() {
        app.expand();
    }
}

/// Closes the Mini App. Says whether there was one to close.
pub fn close() -> bool {
    client().map(|app| app.close()).is_some()
}
