//! What a bot says of itself: names, descriptions, commands, menu button.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Texts of one kind by language code; the empty code is the default.
pub type Localized = BTreeMap<String, String>;

/// A bot's public face.
#[derive(Debug, Serialize, Deserialize)]
pub struct Profile {
    /// Name after `@`.
    pub username: String,
    /// Names.
    pub names: Localized,
    /// Descriptions, shown in an empty chat.
    pub descriptions: Localized,
    /// Short descriptions, shown on the profile.
    pub short_descriptions: Localized,
    /// Commands by scope and language.
    #[serde(with = "crate::pairs")]
    pub commands: BTreeMap<(String, String), Value>,
    /// The menu button of every private chat.
    pub menu: Value,
    /// Privacy mode is off: in groups it sees everything.
    #[serde(default)]
    pub sees_all: bool,
    /// Menu buttons of single chats.
    pub chat_menus: BTreeMap<i64, Value>,
}

impl Profile {
    /// The face of a bot that has said nothing yet.
    #[must_use]
    pub fn new(bot_id: i64) -> Self {
        let name = format!("Bot {bot_id}");
        Self {
            username: format!("sandbox_{bot_id}_bot"),
            names: Localized::from([(String::new(), name)]),
            descriptions: Localized::new(),
            short_descriptions: Localized::new(),
            commands: BTreeMap::new(),
            menu: json!({ "type": "commands" }),
            sees_all: false,
            chat_menus: BTreeMap::new(),
        }
    }

    /// The name in a language, or the default one.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        self.names
            .get(language)
            .or_else(|| self.names.get(""))
            .map_or("", String::as_str)
    }

    /// The menu button that a user sees.
    #[must_use]
    pub fn menu_of(&self, user_id: i64) -> &Value {
        self.chat_menus
            .get(&user_id)
            .filter(|button| button["type"] != "default")
            .unwrap_or(&self.menu)
    }

    /// Whether the menu button opens a Mini App.
    #[must_use]
    pub fn has_web_app(&self) -> bool {
        self.menu["type"] == "web_app"
    }

    /// The commands that a user sees: the narrowest scope that has any, in the
    /// user's language first. Source: Bot API, `BotCommandScope`.
    #[must_use]
    pub fn commands_for(&self, user_id: i64, language: &str) -> Value {
        let scopes = [
            format!("chat:{user_id}"),
            "all_private_chats".into(),
            "default".into(),
        ];
        for scope in scopes {
            for code in [language, ""] {
                if let Some(commands) = self.commands.get(&(scope.clone(), code.to_owned())) {
                    return commands.clone();
                }
            }
        }
        json!([])
    }
}
