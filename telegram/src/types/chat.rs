//! Chats, and the bot's standing in them.

use serde::Deserialize;

use super::User;

/// A chat. In a private chat its id is the user's id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Chat {
    /// Chat id, at most 52 bits, negative for groups and channels.
    pub id: i64,
    /// `private`, `group`, `supergroup` or `channel`.
    #[serde(rename = "type", default)]
    pub kind: String,
}

impl Chat {
    /// Whether this is a chat with one person.
    pub fn is_private(&self) -> bool {
        self.kind == "private"
    }
}

/// Somebody's standing in a chat.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ChatMember {
    /// Whose standing.
    pub user: User,
    /// `creator`, `administrator`, `member`, `restricted`, `left` or `kicked`.
    pub status: String,
    /// When it ends, in unix seconds.
    pub until_date: Option<i64>,
}

/// A change of somebody's standing in a chat.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ChatMemberUpdated {
    /// The chat.
    pub chat: Chat,
    /// Who changed it.
    pub from: User,
    /// When, in unix seconds.
    #[serde(default)]
    pub date: i64,
    /// The standing before.
    pub old_chat_member: ChatMember,
    /// The standing now.
    pub new_chat_member: ChatMember,
}

impl ChatMemberUpdated {
    /// In a private chat: `Some(true)` when the user has blocked the bot, `Some(false)` when the
    /// bot may write (again). `None` in other chats.
    pub fn user_blocked_bot(&self) -> Option<bool> {
        self.chat
            .is_private()
            .then(|| self.new_chat_member.status == "kicked")
    }
}
