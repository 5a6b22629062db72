//! The sheet that slides up while somebody pays.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::{
    client::{page, slot},
    phrase::Phrase,
};

/// How far a payment has come, in the words of the kit's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The order is being opened.
    Asking,
    /// It is Telegram's turn.
    Waiting,
    /// It is Telegram's turn, and that takes long.
    Slow,
    /// The goods are there.
    Yours,
}

/// The place for the goods in the sheet.
pub(super) const GOODS: &str = "goods";
const LINE: &str = "pay-line";

fn dialog() -> Option<HtmlDialogElement> {
    page::element("payment").map(JsCast::unchecked_into)
}

/// Slides the sheet up.
pub(super) fn open() {
    if let Some(dialog) = dialog().filter(|dialog| !dialog.open()) {
        // It fails only for a sheet that is open or not on the page.
        let _ = dialog.show_modal();
    }
}

/// Takes it away.
pub(super) fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// Says how far it has come.
pub(super) fn show(stage: Stage) {
    let (name, phrase) = match stage {
        // The line is drawn with these words.
        Stage::Asking => ("asking", None),
        Stage::Waiting => ("waiting", Some(Phrase::Waiting)),
        Stage::Slow => ("waiting", Some(Phrase::Slow)),
        Stage::Yours => ("yours", Some(Phrase::Yours)),
    };
    let Some(line) = page::element(LINE) else {
        return;
    };
    let _ = line.set_attribute("data-stage", name);
    if let (Some(phrase), Ok(Some(text))) = (phrase, line.query_selector("p")) {
        text.set_text_content(Some(&page::say(phrase)));
    }
    if stage == Stage::Yours {
        slot::burst(LINE);
    }
}
