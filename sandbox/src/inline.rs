//! Messages that a Mini App sends in the user's name.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A Mini App launch whose bot may answer with a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WebAppQuery {
    /// The bot of the Mini App.
    pub bot_id: i64,
    /// The user who opened it.
    pub user_id: i64,
}

/// A message that the user may share from a Mini App.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PreparedMessage {
    /// The bot that prepared it.
    pub bot_id: i64,
    /// The user who may share it.
    pub user_id: i64,
    /// The Bot API's `InlineQueryResult`.
    pub result: Value,
    /// Cannot be shared after this, seconds since 1970.
    pub expires: i64,
    /// Where it may be shared.
    #[serde(default)]
    pub allowed: ChatKinds,
}

/// Kinds of chats. Source: Bot API, `savePreparedInlineMessage`, whose `allow_…` these are.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct ChatKinds {
    /// Private chats with users.
    pub users: bool,
    /// Private chats with bots.
    pub bots: bool,
    /// Groups.
    pub groups: bool,
    /// Channels.
    pub channels: bool,
}

impl ChatKinds {
    /// These; all of them when none is named, of which the Bot API says nothing.
    #[must_use]
    pub fn or_all(self) -> Self {
        if self.users || self.bots || self.groups || self.channels {
            return self;
        }
        Self {
            users: true,
            bots: true,
            groups: true,
            channels: true,
        }
    }
}
