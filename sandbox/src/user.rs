//! People of the sandbox: who they are and how many Stars they hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::amount::Amount;
use crate::event::Event;
use crate::limits::WALLET_STARS;
use crate::state::State;

/// A Telegram user as the Bot API and initData show one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// The user's id; also the id of the private chat with them.
    pub id: i64,
    /// First name, never empty.
    pub first_name: String,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Name after `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Language of the user's app, such as `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
    /// Whether the user has Telegram Premium.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_premium: bool,
    /// Address of the user's picture, shown to Mini Apps only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_url: Option<String>,
}

impl User {
    /// Somebody with a first name and nothing else; the id comes with the account.
    #[must_use]
    pub fn named(first_name: &str) -> Self {
        Self {
            id: 0,
            first_name: first_name.to_owned(),
            last_name: None,
            username: None,
            language_code: None,
            is_premium: false,
            photo_url: None,
        }
    }

    /// The Bot API's `User` object. Source: tdlib/telegram-bot-api Client.cpp `JsonUser`.
    #[must_use]
    pub fn to_api(&self) -> Value {
        let mut object = json!({ "id": self.id, "is_bot": false, "first_name": self.first_name });
        set_some(&mut object, "last_name", self.last_name.as_ref());
        set_some(&mut object, "username", self.username.as_ref());
        set_some(&mut object, "language_code", self.language_code.as_ref());
        if self.is_premium {
            object["is_premium"] = Value::Bool(true);
        }
        object
    }

    /// The Bot API's `Chat` object of the private chat with this user.
    #[must_use]
    pub fn to_chat(&self) -> Value {
        let mut object = json!({ "id": self.id, "first_name": self.first_name });
        set_some(&mut object, "last_name", self.last_name.as_ref());
        set_some(&mut object, "username", self.username.as_ref());
        object["type"] = json!("private");
        object
    }
}

/// Sets a field only when there is something to set.
fn set_some(object: &mut Value, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        object[name] = Value::String(value.clone());
    }
}

/// A user with what Telegram keeps for them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Account {
    /// Who it is.
    pub user: User,
    /// What they say of themselves; empty for nothing.
    pub bio: String,
    /// The Star wallet.
    pub stars: i64,
    /// What the user earned as an affiliate, beside the wallet.
    pub earned: Amount,
    /// Cloud storage by bot id.
    pub cloud: BTreeMap<i64, BTreeMap<String, String>>,
}

impl State {
    /// Takes in a new user and gives them an id.
    pub fn add_user(&mut self, mut user: User, stars: i64) -> i64 {
        user.id = self.ids.user();
        let id = user.id;
        self.users.insert(
            id,
            Account {
                user,
                bio: String::new(),
                stars,
                cloud: BTreeMap::new(),
                earned: Amount::default(),
            },
        );
        self.tell(Event::User { user_id: id });
        id
    }

    /// The account of a user.
    #[must_use]
    pub fn account(&self, user_id: i64) -> Option<&Account> {
        self.users.get(&user_id)
    }

    /// Changes a wallet by `stars`, which may be negative, and tells the window.
    /// The wallet stays within its bounds; the new balance is returned.
    pub fn move_stars(&mut self, user_id: i64, stars: i64) -> i64 {
        let Some(account) = self.users.get_mut(&user_id) else {
            return 0;
        };
        account.stars = account.stars.saturating_add(stars).clamp(0, WALLET_STARS);
        let balance = account.stars;
        self.tell(Event::Balance { user_id, balance });
        balance
    }
}
