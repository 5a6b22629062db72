//! What buttons do that the server drew: they name it in `data-action`.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::{
    page,
    session::{self, with_session},
    storage::Place,
    toast,
};
use crate::{
    api::{change_renewal, choose_language, note_write_access, open_download, send_again},
    bridge::{self, Haptic, Question},
    phrase::Phrase,
};

/// The choice of language, where the script in the head looks for it.
const LANG: &str = "starfront.lang";

/// One listener for all of them, since their buttons come and go.
pub(super) fn listen() {
    page::listen("click", |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("[data-action]").ok()?);
        let Some(button) = button else { return };
        if let Some(action) = button.get_attribute("data-action")
            && act(&action, button)
        {
            event.prevent_default();
        }
    });
}

/// Does it. Says whether it was anything that is done here.
fn act(action: &str, button: Element) -> bool {
    let data = |name: &str| button.get_attribute(name).unwrap_or_default();
    match action {
        "copy" => spawn_local(copy(data("data-text"))),
        "open-link" => bridge::open_link(&data("href")),
        "share" => bridge::share(&data("data-link"), &data("data-text")),
        "download" | "send-again" | "allow-writing" | "stop-renewal" | "allow-renewal" => {
            let id = data("data-id");
            if let Some(busy) = Busy::start(button) {
                match action {
                    "download" => spawn_local(download(id, busy)),
                    "send-again" => spawn_local(send(id, busy)),
                    "stop-renewal" => spawn_local(stop_renewal(id, busy)),
                    "allow-renewal" => spawn_local(renewal(id, true, busy)),
                    _ => spawn_local(allow_writing(busy)),
                }
            }
        }
        "choose-language" => spawn_local(choose(data("data-id"), data("href"))),
        "reload" => page::reload(),
        "close" => {
            if !bridge::close() {
                page::reload();
            }
        }
        _ => return false,
    }
    true
}

async fn copy(text: String) {
    let copied = bridge::copy(&text).await;
    toast::phrase(if copied {
        Phrase::Copied
    } else {
        Phrase::CopyFailed
    });
}

async fn download(id: String, _busy: Busy) {
    match with_session(|| open_download(id.clone())).await {
        Ok(file) => bridge::download_file(&file.url, &file.name),
        Err(error) => toast::error(&error),
    }
}

async fn send(id: String, _busy: Busy) {
    match with_session(|| send_again(id.clone())).await {
        Ok(()) => toast::phrase(Phrase::Sent),
        Err(error) => toast::error(&error),
    }
}

async fn allow_writing(busy: Busy) {
    let Some(allowed) = bridge::request_write_access().await else {
        return;
    };
    if !allowed {
        return;
    }
    match with_session(|| note_write_access(allowed)).await {
        Ok(()) => {
            toast::phrase(Phrase::OnWayToChat);
            busy.remove_section();
        }
        Err(error) => toast::error(&error),
    }
}

/// Asks first: what is stopped here, the buyer cannot turn on again in Telegram alone.
async fn stop_renewal(order: String, busy: Busy) {
    let say = |name| page::data(&busy.0, name).unwrap_or_default();
    let question = Question {
        title: &say("data-title"),
        message: &say("data-question"),
        yes: &say("data-yes"),
        no: &say("data-no"),
        destructive: true,
    };
    if bridge::ask(question).await {
        renewal(order, false, busy).await;
    }
}

/// Puts the new standing in place of the old one, and the focus on it: its button is gone.
async fn renewal(order: String, allow: bool, busy: Busy) {
    let changed = with_session(|| change_renewal(order.clone(), allow)).await;
    let view = match changed {
        Ok(view) => view,
        Err(error) => return toast::error(&error),
    };
    bridge::feel(Haptic::Success);
    toast::say(&view.sentence);
    if let Ok(Some(standing)) = busy.0.closest("[data-standing]") {
        standing.set_outer_html(&view.fragment.0);
    }
    let place = format!("[data-standing=\"{order}\"]");
    let standing = page::document().and_then(|page| page.query_selector(&place).ok()?);
    if let Some(standing) = standing {
        let _ = standing.unchecked_into::<HtmlElement>().focus();
    }
}

async fn choose(tag: String, address: String) {
    Place::Device.set(LANG, &tag);
    // The page is in that language all the same when the shop cannot keep it for the bot.
    if session::begin().await.is_ok() {
        let _ = choose_language(tag).await;
    }
    page::replace(&address);
}

/// Marks a button as at work for as long as it lives. A second tap meanwhile does nothing.
struct Busy(Element);

impl Busy {
    fn start(button: Element) -> Option<Self> {
        if button.has_attribute("aria-busy") {
            return None;
        }
        let _ = button.set_attribute("aria-busy", "true");
        Some(Self(button))
    }

    /// Takes away the section that asked, once it is answered.
    fn remove_section(self) {
        if let Ok(Some(section)) = self.0.closest(".section") {
            section.remove();
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _ = self.0.remove_attribute("aria-busy");
    }
}
