//! A word in passing.

use std::cell::Cell;

use wasm_bindgen_futures::spawn_local;

use super::page;
use crate::{
    api::{ApiError, Remedy},
    limits::TOAST_MILLISECONDS,
    phrase::Phrase,
};

thread_local! {
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Shows a text for a while, in place of the one before.
pub fn say(text: &str) {
    let (Some(toast), Some(document)) = (page::element("toast"), page::document()) else {
        return;
    };
    let Ok(line) = document.create_element("p") else {
        return;
    };
    line.set_text_content(Some(text));
    // A sheet lies over everything outside of it, and screen readers hear nothing but the sheet.
    let sheet = document.query_selector("dialog[open]").ok().flatten();
    if let Some(place) = sheet.or_else(|| document.body().map(Into::into)) {
        let _ = place.append_child(&toast);
    }
    toast.replace_children_with_node_1(&line);
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    let stay = TOAST_MILLISECONDS.0
        + TOAST_MILLISECONDS.1 * u32::try_from(text.chars().count()).unwrap_or(0);
    spawn_local(async move {
        page::sleep(stay).await;
        if TURN.get() == turn {
            toast.replace_children_with_node_0();
        }
    });
}

/// Says one of the page's own phrases.
pub fn phrase(phrase: Phrase) {
    say(&page::say(phrase));
}

/// Says what went wrong: in the shop's words, or in the page's own where the shop was not reached.
pub fn error(error: &ApiError) {
    match error.remedy {
        _ if !error.sentence.is_empty() => say(&error.sentence),
        Remedy::OpenInTelegram => phrase(Phrase::OpenInTelegram),
        _ if error.code == "network" => phrase(Phrase::Offline),
        _ => phrase(Phrase::Broken),
    }
}
