//! Ways out of the page.

use super::web_app::{client, object};

/// Opens an address outside the Mini App; in a plain browser in a new tab.
pub fn open_link(address: &str) {
    let opened = client().is_some_and(|app| app.open_link(address).is_ok());
    if !opened {
        open_tab(address);
    }
}

/// Opens a `https://t.me/…` link in the client, which stays open; in a plain browser in a new tab.
pub fn open_telegram_link(link: &str) {
    let opened = client().is_some_and(|app| app.open_telegram_link(link).is_ok());
    if !opened {
        open_tab(link);
    }
}

/// Lets the buyer send a link to a chat of their choice.
pub fn share(link: &str, text: &str) {
    let encode = |part| String::from(js_sys::encode_uri_component(part));
    open_telegram_link(&format!(
        "https://t.me/share/url?url={}&text={}",
        encode(link),
        encode(text)
    ));
}

/// Saves a file (clients since 8.0, over https). Elsewhere its address is opened outside, since
/// the web clients' frame lets no download through.
pub fn download_file(address: &str, name: &str) {
    let file = object([("url", address.into()), ("file_name", name.into())]);
    let asked = super::version_at_least("8.0")
        && client().is_some_and(|app| app.download_file(&file).is_ok());
    if !asked {
        open_link(address);
    }
}

fn open_tab(address: &str) {
    if let Some(window) = web_sys::window() {
        // A blocked pop-up leaves the buyer where they are; the link on the page is still there.
        let _ = window.open_with_url_and_target_and_features(address, "_blank", "noopener");
    }
}
