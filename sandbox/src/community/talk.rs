//! Messages in groups and channels: who may write, and which of it a bot gets to see.

use serde_json::{Value, json};

use super::{BotPlace, Community, Kind, Place, Rights};
use crate::bot::Bot;
use crate::event::Event;
use crate::message::{Content, Message, Sender};
use crate::state::{State, World};
use crate::text::FormattedText;
use crate::update::{Delivery, Queue};

/// Why somebody cannot write in a group or channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TalkError {
    /// No such group or channel.
    #[error("This bot knows no group or channel with this id.")]
    NotFound,
    /// Not in.
    #[error("The user is not in.")]
    NotIn,
    /// In a channel only its owner posts.
    #[error("In a channel only its owner posts.")]
    NotOwner,
    /// Nothing to answer.
    #[error("There is no message with this id to answer.")]
    NoMessage,
}

/// Service messages of the bot's own doing that it is told of all the same. Source:
/// tdlib/telegram-bot-api Client.cpp `need_skip_update_message`.
const TOLD_OF_ITSELF: [&str; 4] = [
    "pinned_message",
    "left_chat_member",
    "new_chat_title",
    "refunded_payment",
];

impl State {
    /// A member writes in a group, or the owner posts in a channel. Returns the Bot API object.
    ///
    /// # Errors
    /// When they may not, or there is nothing to answer.
    pub fn write_to_community(
        &mut self,
        id: i64,
        user_id: i64,
        text: &str,
        reply_to: Option<i64>,
    ) -> Result<Value, TalkError> {
        let community = self.communities.get(&id).ok_or(TalkError::NotFound)?;
        let bot_id = community.bot_id;
        if !community.has(user_id) {
            return Err(TalkError::NotIn);
        }
        let is_owner = community.places.get(&user_id) == Some(&Place::Creator);
        if community.kind == Kind::Channel && !is_owner {
            return Err(TalkError::NotOwner);
        }
        if reply_to.is_some_and(|wanted| self.message_mut(bot_id, id, wanted).is_none()) {
            return Err(TalkError::NoMessage);
        }
        let content = Content::Text(FormattedText::detect(text.trim().to_owned()));
        let mut message = self.new_message(bot_id, id, Sender::Member(user_id), content);
        message.reply_to = reply_to;
        Ok(self.post(bot_id, id, message, Delivery::Normal))
    }

    /// A service message in a group, such as that somebody came; channels have none.
    pub fn announce(&mut self, id: i64, from: Sender, name: &str, value: Value) {
        let Some(community) = self.communities.get(&id) else {
            return;
        };
        if community.kind == Kind::Channel {
            return;
        }
        let bot_id = community.bot_id;
        let content = Content::Service(name.to_owned(), value.into());
        let message = self.new_message(bot_id, id, from, content);
        self.post(bot_id, id, message, Delivery::Normal);
    }

    /// The kind of update by which the bot is told of a new message, if it is.
    #[must_use]
    pub fn told_as(&self, bot_id: i64, chat_id: i64, message: &Message) -> Option<&'static str> {
        let is_told_of_itself = match &message.content {
            Content::Service(name, _) => TOLD_OF_ITSELF.contains(&name.as_str()),
            _ => false,
        };
        if message.from == Sender::Bot && !is_told_of_itself {
            return None;
        }
        let Some(community) = self.communities.get(&chat_id) else {
            return Some("message");
        };
        let bot = self.bots.get(&bot_id)?;
        match community.kind {
            _ if !community.bot.is_in() => None,
            Kind::Channel => Some("channel_post"),
            Kind::Supergroup => self.hears(bot, community, message).then_some("message"),
        }
    }

    /// Privacy mode: a bot that is no administrator sees service messages, commands that are not
    /// for another bot, and answers to its own messages. Source: Telegram's "Privacy mode"; that a
    /// command without a name goes to the last bot that wrote makes no difference here, where a
    /// group has one bot. Mentions are a matter of [`crate::choices`].
    fn hears(&self, bot: &Bot, community: &Community, message: &Message) -> bool {
        if community.bot == BotPlace::Administrator || bot.profile.sees_all || message.via_bot {
            return true;
        }
        let Content::Text(text) = &message.content else {
            return true;
        };
        let answered = message.reply_to.and_then(|wanted| {
            let chat = self.chats.get(&(bot.id(), community.id))?;
            chat.messages.iter().find(|other| other.id == wanted)
        });
        if answered.is_some_and(|other| other.from == Sender::Bot) {
            return true;
        }
        if self.choices.mentions_pass_privacy && text.mentions(&bot.profile.username) {
            return true;
        }
        let first = text.text.split_whitespace().next().unwrap_or_default();
        match first
            .strip_prefix('/')
            .map(|command| command.split_once('@'))
        {
            None => false,
            Some(None) => first.len() > 1,
            Some(Some((_, name))) => name.eq_ignore_ascii_case(&bot.profile.username),
        }
    }

    /// The bot's place changes, and its rights when they are given; it is told. `by` is the user
    /// who did it, or the bot itself.
    pub fn place_bot(&mut self, id: i64, place: BotPlace, rights: Option<Rights>, by: Option<i64>) {
        let World {
            bots, communities, ..
        } = &mut self.world;
        let Some(community) = communities.get_mut(&id) else {
            return;
        };
        let bot_id = community.bot_id;
        let Some(bot) = bots.get(&bot_id).map(Bot::to_api) else {
            return;
        };
        let old = community.bot_member(&bot);
        community.bot = place;
        community.rights = rights.unwrap_or(community.rights);
        let (new, chat) = (community.bot_member(&bot), community.to_chat());
        let user = by.and_then(|user_id| self.account(user_id));
        let update = json!({
            "chat": chat,
            "from": user.map_or(bot, |account| account.user.to_api()),
            "date": self.now(),
            "old_chat_member": old,
            "new_chat_member": new,
        });
        let queue = Queue::MyChatMember(id);
        self.push_update(bot_id, "my_chat_member", update, queue);
        self.tell(Event::Community { bot_id });
    }
}
