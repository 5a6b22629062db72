//! A user's phone number: shared with a bot, and asked for by its Mini App.

use serde_json::{Value, json};

use crate::init_data::InitData;
use crate::keys::Keys;
use crate::message::{Content, Media};
use crate::state::State;
use crate::text::FormattedText;
use crate::token::Token;
use crate::user::User;

impl User {
    /// A number that nobody has: 555-01xx is kept for fiction in North America. The user's
    /// id stands in the area code and the last digits, so that each has another.
    #[must_use]
    pub fn phone_number(&self) -> String {
        let id = self.id.unsigned_abs();
        format!("1{:03}55501{:02}", 200 + id / 100 % 800, id % 100)
    }

    /// The Bot API's `Contact` of the user themselves.
    #[must_use]
    pub fn to_contact(&self) -> Value {
        let mut contact = json!({
            "phone_number": self.phone_number(),
            "first_name": self.first_name,
            "user_id": self.id,
        });
        if let Some(last_name) = &self.last_name {
            contact["last_name"] = json!(last_name);
        }
        contact
    }
}

impl State {
    /// The user shares their contact: it comes to the bot as a message, and the Mini App
    /// can ask for it from now on. Returns the Bot API's `Message`, nothing for a stranger.
    ///
    /// What the app gets is signed as initData is. Source: Telegram-Mini-Apps/tma.js issue 715,
    /// where the `hash` was held against it.
    pub fn share_contact(&mut self, token: &Token, keys: &Keys, user_id: i64) -> Option<Value> {
        let bot_id = token.bot_id();
        let contact = self.account(user_id)?.user.to_contact();
        let signed = InitData::default()
            .with("auth_date", self.now().to_string())
            .with("contact", contact.to_string())
            .sign(token, Some(keys));
        self.open_to(bot_id, user_id);
        self.chat_mut(bot_id, user_id).contact = Some(signed);
        let content = Content::Media(Media::new("contact", contact, FormattedText::default()));
        Some(self.post_from_user(bot_id, user_id, content))
    }
}
