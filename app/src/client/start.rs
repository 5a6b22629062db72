//! What every page does once its WebAssembly is there.

use std::cell::RefCell;

use super::{page, trail};
use crate::{
    bridge::{self, HeaderButton},
    paths,
};

thread_local! {
    /// The header's buttons belong to the page as long as it lives.
    static HEADER: RefCell<Vec<HeaderButton>> = const { RefCell::new(Vec::new()) };
}

/// Greets the client and takes its header buttons. Works without a client too.
pub fn start() {
    bridge::ready();
    bridge::expand();
    trail::note();
    take_header();
    // The client keeps its buttons when one page gives way to another, and a page that comes back
    // out of the browser's cache finds them as the other page left them.
    page::listen("pagehide", |_| {
        HEADER.set(Vec::new());
        bridge::hide_bottom_buttons();
    });
    page::on_return(|| {
        trail::note();
        take_header();
    });
    super::actions::listen();
}

fn take_header() {
    let mut buttons = Vec::new();
    match up() {
        Some(up) => buttons.extend(HeaderButton::back(move || trail::back(&up))),
        None => HeaderButton::hide_back(),
    }
    if page::path() != paths::SETTINGS {
        buttons.extend(HeaderButton::settings(|| page::go(paths::SETTINGS)));
    }
    HEADER.set(buttons);
}

/// The page that this one belongs to, as its `<body data-up>` says. The tabs have none.
fn up() -> Option<String> {
    page::document()?.body()?.get_attribute("data-up")
}
