//! Buttons under a message.

use serde::Serialize;

use crate::limit_error::{LimitError, at_most, bytes, chars};
use crate::limits;

/// Rows of buttons under a message.
///
/// ```
/// use telegram::{Button, InlineKeyboard};
///
/// let keyboard = InlineKeyboard::new()
///     .row([Button::web_app("Open shop", "https://shop.example/")])
///     .row([Button::url("Terms", "https://shop.example/terms"), Button::callback("Again", "again")]);
/// assert!(keyboard.check().is_ok());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InlineKeyboard {
    inline_keyboard: Vec<Vec<Button>>,
}

impl InlineKeyboard {
    /// A keyboard without buttons.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        self.inline_keyboard.push(buttons.into_iter().collect());
        self
    }

    /// Checks Telegram's rules; sending does it too.
    ///
    /// # Errors
    ///
    /// The first rule that is broken.
    pub fn check(&self) -> Result<(), LimitError> {
        let count = self.inline_keyboard.iter().map(Vec::len).sum();
        at_most("keyboard", count, limits::KEYBOARD_BUTTONS, "buttons")?;
        for (place, button) in self.inline_keyboard.iter().flatten().enumerate() {
            button.check()?;
            if place > 0 && matches!(button.action, Action::Pay(_)) {
                let rule = "a pay button must be the first of the first row";
                return Err(LimitError::NotAllowed {
                    field: "pay button",
                    rule,
                });
            }
        }
        Ok(())
    }
}

/// One button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    text: String,
    #[serde(flatten)]
    action: Action,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Url(String),
    WebApp { url: String },
    CallbackData(String),
    CopyText { text: String },
    Pay(bool),
}

impl Button {
    /// Opens an address: `https:`, `http:` or `tg:`.
    pub fn url(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            action: Action::Url(url.into()),
        }
    }

    /// Opens a Mini App at an HTTPS address. Private chats only.
    pub fn web_app(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            action: Action::WebApp { url: url.into() },
        }
    }

    /// Sends `data` (1 to 64 bytes) to the bot.
    pub fn callback(text: impl Into<String>, data: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            action: Action::CallbackData(data.into()),
        }
    }

    /// Puts `copied` (1 to 256 characters) on the clipboard: a licence key, say.
    pub fn copy_text(text: impl Into<String>, copied: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            action: Action::CopyText {
                text: copied.into(),
            },
        }
    }

    /// Pays the invoice of its message. `⭐` and `XTR` in the text are drawn as a Star.
    pub fn pay(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            action: Action::Pay(true),
        }
    }

    fn check(&self) -> Result<(), LimitError> {
        if self.text.trim().is_empty() {
            return Err(LimitError::Empty {
                field: "button text",
            });
        }
        match &self.action {
            Action::CallbackData(data) => bytes("callback data", data, limits::CALLBACK_DATA_BYTES),
            Action::CopyText { text } => chars("copied text", text, limits::COPY_TEXT_CHARS),
            Action::Url(url) | Action::WebApp { url } if url.is_empty() => Err(LimitError::Empty {
                field: "button address",
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_each_button_as_the_bot_api_does() {
        let keyboard = InlineKeyboard::new()
            .row([Button::pay("Pay ⭐ 5")])
            .row([
                Button::url("a", "https://a"),
                Button::web_app("b", "https://b"),
            ])
            .row([
                Button::callback("c", "data"),
                Button::copy_text("d", "KEY-1"),
            ]);
        assert_eq!(keyboard.check(), Ok(()));
        assert_eq!(
            serde_json::to_value(&keyboard).unwrap(),
            json!({"inline_keyboard": [
                [{"text": "Pay ⭐ 5", "pay": true}],
                [{"text": "a", "url": "https://a"}, {"text": "b", "web_app": {"url": "https://b"}}],
                [{"text": "c", "callback_data": "data"}, {"text": "d", "copy_text": {"text": "KEY-1"}}],
            ]})
        );
    }

    #[test]
    fn refuses_what_telegram_refuses() {
        let code = |button| {
            InlineKeyboard::new()
                .row([button])
                .check()
                .unwrap_err()
                .code()
        };
        assert_eq!(code(Button::callback("a", "")), "limit_empty");
        assert_eq!(code(Button::callback("", "a")), "limit_empty");
        assert_eq!(code(Button::url("a", "")), "limit_empty");
        assert_eq!(
            code(Button::callback("a", "я".repeat(33))),
            "limit_too_long"
        );
        assert_eq!(
            code(Button::copy_text("a", "b".repeat(257))),
            "limit_too_long"
        );
        assert!(
            InlineKeyboard::new()
                .row([Button::copy_text("a", "я".repeat(256))])
                .check()
                .is_ok()
        );
        let late = InlineKeyboard::new().row([Button::callback("a", "a"), Button::pay("b")]);
        assert_eq!(late.check().unwrap_err().code(), "limit_not_allowed");
        let many = InlineKeyboard::new().row((0..101).map(|_| Button::callback("a", "a")));
        assert_eq!(many.check().unwrap_err().code(), "limit_too_long");
    }
}
