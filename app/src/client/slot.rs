//! Places on the page that are filled later.

use wasm_bindgen::JsCast;
use web_sys::HtmlTemplateElement;

use super::page;
use crate::api::{ApiError, Fragment, Remedy};

/// Puts a fragment into the place with this id.
pub fn fill(id: &str, fragment: &Fragment) {
    if let Some(place) = page::element(id) {
        place.set_inner_html(&fragment.0);
    }
}

/// Says whether the place waits for something.
pub fn busy(id: &str, busy: bool) {
    if let Some(place) = page::element(id) {
        let _ = place.set_attribute("aria-busy", if busy { "true" } else { "false" });
    }
}

/// Puts the screen for an error into the place; where the page has none, says it in passing.
pub fn failed(id: &str, error: &ApiError) {
    let scene = match error.remedy {
        Remedy::OpenInTelegram => "scene-open_in_telegram",
        Remedy::Reopen => "scene-expired",
        _ if error.code == "network" => "scene-offline",
        _ => "scene-error",
    };
    match (page::element(id), page::element(scene)) {
        (Some(place), Some(template)) => place.set_inner_html(&template.inner_html()),
        _ => super::toast::error(error),
    }
}

/// Stars over a place, for joy. The template's copy runs its animation once and is gone with the
/// place's next content.
pub fn burst(id: &str) {
    let (Some(place), Some(template)) = (page::element(id), page::element("burst")) else {
        return;
    };
    if let Ok(copy) = template
        .unchecked_ref::<HtmlTemplateElement>()
        .content()
        .clone_node_with_deep(true)
    {
        let _ = place.append_child(&copy);
    }
}
