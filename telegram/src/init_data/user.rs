//! Users and chats as initData describes them.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::InitDataError;
use super::data::unreadable;
use crate::{lenient, limits};

/// A user in initData. Accounts are keyed on `id` alone: everything else may change or be missing.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebAppUser {
    /// Telegram's user id, positive, at most 52 bits.
    #[serde(deserialize_with = "lenient::int")]
    pub id: i64,
    /// Set for bots.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub is_bot: bool,
    /// First name; may be empty for deleted accounts.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Username without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Language of the user's app, an IETF tag such as `en` or `pt-br`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
    /// Whether the user has Telegram Premium.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub is_premium: bool,
    /// Whether the user has put this bot into the attachment menu.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub added_to_attachment_menu: bool,
    /// Whether the bot may write to the user.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub allows_write_to_pm: bool,
    /// Address of the profile photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_url: Option<String>,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl WebAppUser {
    pub(super) fn check_id(&self) -> Result<(), InitDataError> {
        if (1..=limits::USER_ID_MAX).contains(&self.id) {
            return Ok(());
        }
        Err(unreadable(
            "user",
            "its id is not a positive number of at most 52 bits",
        ))
    }
}

/// Shows the id alone: names do not belong into logs.
impl fmt::Debug for WebAppUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebAppUser")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A chat in initData.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebAppChat {
    /// Telegram's chat id.
    #[serde(deserialize_with = "lenient::int")]
    pub id: i64,
    /// `group`, `supergroup` or `channel`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// Title.
    #[serde(default)]
    pub title: String,
    /// Username without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Address of the chat photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_url: Option<String>,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Shows the id and the kind alone.
impl fmt::Debug for WebAppChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebAppChat")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
