//! Prepared messages on their way into a chat that the user chose.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::api_error::ApiError;
use crate::community::{Kind, Place};
use crate::inline::PreparedMessage;
use crate::message::Sender;
use crate::methods::inline_result::message_of;
use crate::state::State;
use crate::update::Delivery;

/// A chat that a prepared message can go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Target {
    /// Chat id. The user's own id is their chat with the bot.
    pub id: i64,
    /// Its name.
    pub title: String,
}

/// Why a prepared message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// No such message, or another user's.
    #[error("There is no such prepared message of this user.")]
    NotFound,
    /// Too late.
    #[error("This prepared message has expired.")]
    Expired,
    /// The chat is not among those that it may go to.
    #[error("The user cannot send this message to this chat.")]
    WrongChat,
    /// What it was made of is not there any more.
    #[error(transparent)]
    Refused(#[from] ApiError),
}

impl State {
    /// The chats that its user may send a prepared message to: with the bot, and the groups and
    /// channels of that bot in which the user may write. People have no chats with each other
    /// in the sandbox; see [`State::share`].
    #[must_use]
    pub fn share_targets(&self, prepared: &PreparedMessage) -> Vec<Target> {
        let allowed = prepared.allowed;
        let user_id = prepared.user_id;
        let bot = self.bots.get(&prepared.bot_id).filter(|_| allowed.bots);
        let own = bot.map(|bot| Target {
            id: user_id,
            title: bot.profile.name("").to_owned(),
        });
        let places = self.communities.values().filter(|community| {
            community.bot_id == prepared.bot_id
                && match community.kind {
                    Kind::Supergroup => allowed.groups && community.has(user_id),
                    Kind::Channel => {
                        let is_owner = community.places.get(&user_id) == Some(&Place::Creator);
                        allowed.channels && is_owner
                    }
                }
        });
        let places = places.map(|community| Target {
            id: community.id,
            title: community.title.clone(),
        });
        own.into_iter().chain(places).collect()
    }

    /// Sends a prepared message in the user's name. It stays and can be sent again until it
    /// expires, unless [`crate::choices`] want it gone. Without a chat it goes to a person, and
    /// nowhere here. Returns the Bot API object.
    ///
    /// # Errors
    /// When it is not there, is too old, may not go there, or cannot be made any more.
    pub fn share(
        &mut self,
        id: &str,
        user_id: i64,
        chat_id: Option<i64>,
    ) -> Result<Value, ShareError> {
        let prepared = self.prepared.get(id).cloned();
        let prepared = prepared
            .filter(|prepared| prepared.user_id == user_id)
            .ok_or(ShareError::NotFound)?;
        if prepared.expires < self.now() {
            return Err(ShareError::Expired);
        }
        let targets = self.share_targets(&prepared);
        let is_allowed = chat_id.map_or(prepared.allowed.users, |wanted| {
            targets.iter().any(|target| target.id == wanted)
        });
        if !is_allowed {
            return Err(ShareError::WrongChat);
        }
        let bot_id = prepared.bot_id;
        let (content, markup) = message_of(self, bot_id, &prepared.result)?;
        if self.choices.prepared_messages_go_once {
            self.prepared.remove(id);
        }
        let Some(chat_id) = chat_id else {
            return Ok(Value::Null);
        };
        if let (Some(community), Some(markup)) = (self.communities.get(&chat_id), &markup) {
            markup.check_in(community.kind)?;
        }
        let sender = if chat_id == user_id {
            self.open_to(bot_id, user_id);
            Sender::User
        } else {
            Sender::Member(user_id)
        };
        let mut message = self.new_message(bot_id, chat_id, sender, content);
        message.via_bot = true;
        message.markup = markup;
        Ok(self.post(bot_id, chat_id, message, Delivery::Normal))
    }
}
