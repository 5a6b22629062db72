//! Users and bots.

use std::fmt;

use serde::Deserialize;

/// A Telegram user. Only `id` never changes.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// User id, at most 52 bits.
    pub id: i64,
    /// Whether this is a bot.
    #[serde(default)]
    pub is_bot: bool,
    /// First name; may be empty for deleted accounts.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    pub last_name: Option<String>,
    /// Username without `@`.
    pub username: Option<String>,
    /// Language of the user's app, an IETF tag.
    pub language_code: Option<String>,
    /// Whether the user has Telegram Premium.
    #[serde(default)]
    pub is_premium: bool,
}

/// Shows the id alone: names do not belong into logs.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The bot itself, as `getMe` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct BotUser {
    /// User id of the bot: the number before the colon of its token.
    pub id: i64,
    /// Name shown in chats.
    #[serde(default)]
    pub first_name: String,
    /// Username without `@`; links are made of it.
    pub username: Option<String>,
    /// Whether a main Mini App is set in @BotFather, so that `t.me/<bot>?startapp=` works.
    #[serde(default)]
    pub has_main_web_app: bool,
}
