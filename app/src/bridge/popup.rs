//! Questions with consequences.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlDialogElement};

use super::{
    answer::answer,
    web_app::{client, object},
};

/// A question with two answers. Telegram's limits: title 64, message 256, buttons 64 characters.
pub struct Question<'a> {
    /// What it is about.
    pub title: &'a str,
    /// The question.
    pub message: &'a str,
    /// The answer that does it.
    pub yes: &'a str,
    /// The answer that leaves all as it is.
    pub no: &'a str,
    /// Whether "yes" takes something away.
    pub destructive: bool,
}

const YES: &str = "yes";

/// Asks in the client's own popup (since 6.2), else in the page's dialog. Closing it means no.
pub async fn ask(question: Question<'_>) -> bool {
    let native = client().filter(|_| super::version_at_least("6.2"));
    let Some(app) = native else {
        return ask_in_page(&question).await.unwrap_or(false);
    };
    let kind = if question.destructive {
        "destructive"
    } else {
        "default"
    };
    let yes = object([
        ("id", YES.into()),
        ("type", kind.into()),
        ("text", question.yes.into()),
    ]);
    let no = object([
        ("id", "no".into()),
        ("type", "default".into()),
        ("text", question.no.into()),
    ]);
    let popup = object([
        ("title", question.title.into()),
        ("message", question.message.into()),
        ("buttons", Array::of2(&no, &yes).into()),
    ]);
    let pressed = answer(|done| app.show_popup(&popup, done)).await;
    pressed
        .and_then(|id| id.as_string())
        .is_some_and(|id| id == YES)
}

/// The same question in a `<dialog>`, whose form closes it with the pressed button's value.
async fn ask_in_page(question: &Question<'_>) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let dialog: HtmlDialogElement = document.create_element("dialog").ok()?.unchecked_into();
    dialog.set_class_name("sheet");
    let yes_kind = if question.destructive {
        "danger"
    } else {
        "filled"
    };
    let add = |parent: &Element, tag: &str, text: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        parent.append_child(&element).ok()?;
        Some(element)
    };
    add(&dialog, "h2", question.title)?;
    add(&dialog, "p", question.message)?;
    let form = add(&dialog, "form", "")?;
    form.set_attribute("method", "dialog").ok()?;
    for (kind, value, label) in [("plain", "", question.no), (yes_kind, YES, question.yes)] {
        let button = add(&form, "button", label)?;
        button.set_class_name("button");
        button.set_attribute("data-kind", kind).ok()?;
        button.set_attribute("value", value).ok()?;
    }
    document.body()?.append_child(&dialog).ok()?;
    dialog.show_modal().ok()?;
    closed(&dialog).await;
    let yes = dialog.return_value() == YES;
    dialog.remove();
    Some(yes)
}

async fn closed(dialog: &HtmlDialogElement) {
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move || resolve.call0(&JsValue::UNDEFINED).is_ok());
        dialog.set_onclose(Some(done.unchecked_ref()));
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}
