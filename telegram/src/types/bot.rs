//! The bot's face: commands and the menu button.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::limit_error::{LimitError, chars};
use crate::limits;

/// A command in the bot's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BotCommand {
    /// 1 to 32 of `a-z`, `0-9`, `_`, without slash.
    pub command: String,
    /// 1 to 256 characters.
    pub description: String,
}

impl BotCommand {
    /// A command and what it does.
    pub fn new(command: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            description: description.into(),
        }
    }

    /// Checks Telegram's rules.
    ///
    /// # Errors
    ///
    /// The first rule that is broken.
    pub fn check(&self) -> Result<(), LimitError> {
        chars("command", &self.command, limits::COMMAND_CHARS)?;
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        if !self.command.bytes().all(plain) {
            let rule = "a command has only lower-case letters a to z, digits and _";
            return Err(LimitError::NotAllowed {
                field: "command",
                rule,
            });
        }
        chars(
            "command description",
            &self.description,
            limits::COMMAND_DESCRIPTION_CHARS,
        )
    }
}

/// The button beside the text field of a private chat.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Value")]
#[non_exhaustive]
pub enum MenuButton {
    /// Opens a Mini App.
    WebApp {
        /// Text on the button.
        text: String,
        /// HTTPS address of the app.
        url: String,
    },
    /// Shows the commands.
    Commands,
    /// As set in @BotFather.
    Default,
    /// A kind that this version does not know, whole.
    Other(Value),
}

impl MenuButton {
    /// As the Bot API writes it.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::WebApp { text, url } => {
                json!({"type": "web_app", "text": text, "web_app": {"url": url}})
            }
            Self::Commands => json!({"type": "commands"}),
            Self::Default => json!({"type": "default"}),
            Self::Other(value) => value.clone(),
        }
    }
}

impl From<Value> for MenuButton {
    fn from(value: Value) -> Self {
        let text = |pointer| {
            value
                .pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        match text("/type").as_deref() {
            Some("commands") => Self::Commands,
            Some("default") => Self::Default,
            Some("web_app") => match (text("/text"), text("/web_app/url")) {
                (Some(text), Some(url)) => Self::WebApp { text, url },
                _ => Self::Other(value),
            },
            _ => Self::Other(value),
        }
    }
}
