//! The client's own buttons. Each has one owner at a time; dropping the owner hides the button
//! and takes its handler off.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use super::{
    event::Handler,
    web_app::{client, object, property},
};

#[wasm_bindgen]
extern "C" {
    type Button;

    #[wasm_bindgen(method)]
    fn show(this: &Button);
    #[wasm_bindgen(method)]
    fn hide(this: &Button);
    #[wasm_bindgen(method, catch, js_name = setParams)]
    fn set_params(this: &Button, params: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = showProgress)]
    fn show_progress(this: &Button, leave_active: bool);
    #[wasm_bindgen(method, js_name = hideProgress)]
    fn hide_progress(this: &Button);
}

fn button(name: &str) -> Option<Button> {
    Some(property(client()?.as_ref(), name)?.unchecked_into())
}

/// Which button at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The wide one.
    Main,
    /// The one beside it (clients since 7.10).
    Secondary,
}

/// A button at the bottom of the client's window.
pub struct BottomButton {
    button: Button,
    _pressed: Handler,
}

impl BottomButton {
    /// Takes the button. Nothing where the client has none: the page shows its own then.
    pub fn take(place: Place, pressed: impl FnMut() + 'static) -> Option<Self> {
        let (name, event, since) = match place {
            Place::Main => ("MainButton", "mainButtonClicked", "6.0"),
            Place::Secondary => ("SecondaryButton", "secondaryButtonClicked", "7.10"),
        };
        if !super::version_at_least(since) {
            return None;
        }
        Some(Self {
            button: button(name)?,
            _pressed: Handler::on(event, pressed)?,
        })
    }

    /// Shows the button with this text.
    pub fn ready(&self, text: &str) {
        self.button.hide_progress();
        self.set(text, true);
    }

    /// Shows the button at work: it turns, and cannot be pressed.
    pub fn busy(&self, text: &str) {
        self.set(text, false);
        self.button.show_progress(false);
    }

    /// Shows the button greyed out, with the reason as its text.
    pub fn blocked(&self, text: &str) {
        self.button.hide_progress();
        self.set(text, false);
    }

    fn set(&self, text: &str, active: bool) {
        let params = object([
            ("text", text.into()),
            ("is_active", active.into()),
            ("is_visible", true.into()),
        ]);
        // Only a text that is empty or longer than 64 characters is refused; the words' own test
        // keeps to that, and a wrong label must not stop a sale.
        let _ = self.button.set_params(&params);
    }
}

impl Drop for BottomButton {
    fn drop(&mut self) {
        self.button.hide_progress();
        self.button.hide();
    }
}

/// Takes the buttons at the bottom from sight until they are shown again: the page leaves.
pub fn hide_bottom_buttons() {
    for name in ["MainButton", "SecondaryButton"] {
        if let Some(button) = button(name) {
            button.hide();
        }
    }
}

/// A button in the client's header.
pub struct HeaderButton {
    button: Button,
    _pressed: Handler,
}

impl HeaderButton {
    /// The arrow back (clients since 6.1).
    pub fn back(pressed: impl FnMut() + 'static) -> Option<Self> {
        Self::take("BackButton", "backButtonClicked", pressed)
    }

    /// The item "Settings" of the client's menu (clients since 6.10).
    pub fn settings(pressed: impl FnMut() + 'static) -> Option<Self> {
        Self::take("SettingsButton", "settingsButtonClicked", pressed)
    }

    fn take(name: &str, event: &'static str, pressed: impl FnMut() + 'static) -> Option<Self> {
        let taken = Self {
            button: button(name)?,
            _pressed: Handler::on(event, pressed)?,
        };
        taken.button.show();
        Some(taken)
    }

    /// Hides the arrow back on a page that has no way back.
    pub fn hide_back() {
        if let Some(button) = button("BackButton") {
            button.hide();
        }
    }
}

impl Drop for HeaderButton {
    fn drop(&mut self) {
        self.button.hide();
    }
}
