//! What is asked for when a message is sent.

use serde::Serialize;
use serde_json::{Value, json};

use super::FileSource;
use crate::InlineKeyboard;
use crate::limit_error::{LimitError, at_most, chars};
use crate::limits;
use crate::types::ParseMode;

/// A text message.
///
/// ```
/// use telegram::client::SendMessage;
/// use telegram::{Button, InlineKeyboard, text::escape_html};
///
/// let name = escape_html("<Anna>");
/// let message = SendMessage::new(42, format!("<b>Hello</b> {name}"))
///     .html()
///     .keyboard(InlineKeyboard::new().row([Button::web_app("Open shop", "https://shop.example")]));
/// assert!(message.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SendMessage {
    chat_id: i64,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parse_mode: Option<ParseMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_preview_options: Option<Value>,
    #[serde(skip_serializing_if = "is_unset")]
    protect_content: bool,
    #[serde(skip_serializing_if = "is_unset")]
    disable_notification: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<InlineKeyboard>,
}

impl SendMessage {
    /// Plain text for a chat. A private chat has the user's id.
    pub fn new(chat_id: i64, text: impl Into<String>) -> Self {
        Self {
            chat_id,
            text: text.into(),
            parse_mode: None,
            link_preview_options: None,
            protect_content: false,
            disable_notification: false,
            reply_markup: None,
        }
    }

    /// Reads the text as HTML; escape what is not yours.
    #[must_use]
    pub fn html(mut self) -> Self {
        self.parse_mode = Some(ParseMode::Html);
        self
    }

    /// Shows no preview of links.
    #[must_use]
    pub fn no_preview(mut self) -> Self {
        self.link_preview_options = Some(json!({"is_disabled": true}));
        self
    }

    /// Whether forwarding and saving is stopped.
    #[must_use]
    pub fn protect(mut self, protect: bool) -> Self {
        self.protect_content = protect;
        self
    }

    /// Sends without a sound.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.disable_notification = true;
        self
    }

    /// Puts buttons under the message.
    #[must_use]
    pub fn keyboard(mut self, keyboard: InlineKeyboard) -> Self {
        self.reply_markup = Some(keyboard);
        self
    }

    /// Checks Telegram's rules; sending does it too. Marked-up text is counted by Telegram alone,
    /// after its marks are gone.
    ///
    /// # Errors
    ///
    /// The first rule that is broken.
    pub fn check(&self) -> Result<(), LimitError> {
        match self.parse_mode {
            None => chars("message text", &self.text, limits::MESSAGE_TEXT_CHARS)?,
            Some(_) if self.text.trim().is_empty() => {
                return Err(LimitError::Empty {
                    field: "message text",
                });
            }
            Some(_) => {}
        }
        self.reply_markup
            .as_ref()
            .map_or(Ok(()), InlineKeyboard::check)
    }
}

/// A photo or a document.
#[derive(Debug)]
pub struct SendFile {
    pub(super) file: FileSource,
    pub(super) params: FileParams,
}

/// What goes with the file.
#[derive(Debug, Serialize)]
pub(super) struct FileParams {
    chat_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parse_mode: Option<ParseMode>,
    #[serde(skip_serializing_if = "is_unset")]
    protect_content: bool,
    #[serde(skip_serializing_if = "is_unset")]
    pub(super) disable_content_type_detection: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<InlineKeyboard>,
}

impl SendFile {
    /// A file for a chat.
    pub fn new(chat_id: i64, file: impl Into<FileSource>) -> Self {
        let params = FileParams {
            chat_id,
            caption: None,
            parse_mode: None,
            protect_content: false,
            disable_content_type_detection: false,
            reply_markup: None,
        };
        Self {
            file: file.into(),
            params,
        }
    }

    /// Text below the file, plain.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.params.caption = Some(caption.into());
        self
    }

    /// Reads the caption as HTML; escape what is not yours.
    #[must_use]
    pub fn html(mut self) -> Self {
        self.params.parse_mode = Some(ParseMode::Html);
        self
    }

    /// Whether forwarding and saving is stopped.
    #[must_use]
    pub fn protect(mut self, protect: bool) -> Self {
        self.params.protect_content = protect;
        self
    }

    /// Puts buttons under the file.
    #[must_use]
    pub fn keyboard(mut self, keyboard: InlineKeyboard) -> Self {
        self.params.reply_markup = Some(keyboard);
        self
    }

    /// Checks caption and buttons; the file itself is checked when it is sent.
    pub(super) fn check(&self) -> Result<(), LimitError> {
        if let (Some(caption), None) = (&self.params.caption, self.params.parse_mode) {
            at_most(
                "caption",
                caption.chars().count(),
                limits::CAPTION_CHARS,
                "characters",
            )?;
        }
        self.params
            .reply_markup
            .as_ref()
            .map_or(Ok(()), InlineKeyboard::check)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn is_unset(flag: &bool) -> bool {
    !flag
}
