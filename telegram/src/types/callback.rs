//! Presses of buttons under messages.

use serde::Deserialize;

use super::{Chat, User};

/// Somebody pressed a callback button. Answer it soon, the button spins until then.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct CallbackQuery {
    /// Handle for the answer.
    pub id: String,
    /// Who pressed.
    pub from: User,
    /// The message with the button.
    pub message: Option<CallbackMessage>,
    /// Data of the button, at most 64 bytes. A hostile client can put anything here.
    pub data: Option<String>,
}

/// Where the pressed button is. Old messages come without their content, so only this is read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct CallbackMessage {
    /// The chat.
    pub chat: Chat,
    /// Id within the chat.
    pub message_id: i64,
}
