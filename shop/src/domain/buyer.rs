//! A Telegram user who buys.

use serde::{Deserialize, Serialize};

use super::{UnixSeconds, UserId};

/// What the shop keeps of a buyer, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The Telegram user.
    pub id: UserId,
    /// First name as Telegram gives it.
    pub first_name: String,
    /// Language tag for messages: the buyer's own choice, else Telegram's `language_code`.
    pub language: String,
    /// Whether the bot may write to the buyer, as far as is known.
    pub can_write: bool,
    /// When the buyer was last seen.
    pub seen_at: UnixSeconds,
}
