//! A chat: of a bot and a user, or of a group or channel; and who may write in it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api_error::{ApiError, ApiResult};
use crate::bot::Bot;
use crate::community::Kind;
use crate::event::Event;
use crate::limits::MESSAGES_PER_CHAT;
use crate::message::{Content, Message, Sender};
use crate::state::{State, World};
use crate::update::{Delivery, Queue};
use crate::user::User;

/// A chat. Of a group or channel only the messages and the instance are used.
#[derive(Debug, Serialize, Deserialize)]
pub struct Chat {
    /// The user has written to the bot.
    pub started: bool,
    /// The user let the bot write without starting it.
    pub write_allowed: bool,
    /// The user blocked the bot.
    pub blocked: bool,
    /// The bot may write until then, seconds since 1970, because the user asks to come
    /// into a group or channel of it.
    pub write_until: i64,
    /// Number that initData and callback queries name this chat by.
    pub instance: i64,
    /// The user's contact as the bot's Mini App gets it, once it was shared.
    #[serde(default)]
    pub contact: Option<String>,
    /// Pinned messages, the newest pin last.
    pub pinned: Vec<i64>,
    /// Messages, oldest first.
    pub messages: VecDeque<Message>,
}

impl Chat {
    /// Whether the bot may write.
    #[must_use]
    pub fn can_write(&self) -> bool {
        (self.started || self.write_allowed) && !self.blocked
    }

    /// Whether the user has ever opened the door to the bot.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.started || self.write_allowed
    }
}

impl Chat {
    /// The reply keyboard that is up: the newest, unless the bot has removed it since.
    #[must_use]
    pub fn keyboard(&self) -> Option<&Value> {
        let mut markups = self.messages.iter().rev().filter_map(|message| {
            let markup = message.markup.as_ref()?;
            (!markup.is_inline()).then_some(&markup.value)
        });
        markups
            .find(|markup| markup.get("force_reply").is_none())
            .filter(|markup| markup.get("keyboard").is_some())
    }
}

impl State {
    /// The chat of a bot and a user, a group or a channel, made on first sight.
    pub fn chat_mut(&mut self, bot_id: i64, user_id: i64) -> &mut Chat {
        let World { ids, chats, .. } = &mut self.world;
        chats.entry((bot_id, user_id)).or_insert_with(|| Chat {
            started: false,
            write_allowed: false,
            blocked: false,
            write_until: 0,
            instance: ids.number(),
            contact: None,
            pinned: Vec::new(),
            messages: VecDeque::new(),
        })
    }

    /// Finds the chat behind `chat_id`, to look at something in it.
    ///
    /// # Errors
    /// 400 when there is no such chat, 403 when the bot is not in.
    pub fn readable_chat(&self, bot_id: i64, chat_id: &str) -> ApiResult<i64> {
        if chat_id.is_empty() {
            // source: tdlib/telegram-bot-api Client.cpp `check_chat`
            return Err(ApiError::bad("chat_id is empty"));
        }
        if let Some(id) = self.community_id(bot_id, chat_id) {
            self.communities[&id].check_bot(true)?;
            return Ok(id);
        }
        let user_id: i64 = chat_id.parse().unwrap_or(0);
        if self.chats.contains_key(&(bot_id, user_id)) {
            Ok(user_id)
        } else {
            Err(ApiError::bad("chat not found"))
        }
    }

    /// Finds the chat behind `chat_id`, a user's, a group or a channel, and checks that
    /// the bot may write there.
    ///
    /// # Errors
    /// 400 when there is no such chat, 403 when the user never let the bot in
    /// or blocked it, or the bot is not in the group or channel.
    pub fn writable_chat(&self, bot_id: i64, chat_id: &str) -> ApiResult<i64> {
        if chat_id.is_empty() {
            return Err(ApiError::bad("chat_id is empty"));
        }
        if let Some(id) = self.community_id(bot_id, chat_id) {
            self.communities[&id].check_bot(false)?;
            return Ok(id);
        }
        let user_id: i64 = chat_id.parse().unwrap_or(0);
        if !self.users.contains_key(&user_id) {
            // source: tdlib/telegram-bot-api Client.cpp `check_chat`
            return Err(ApiError::bad("chat not found"));
        }
        match self.chats.get(&(bot_id, user_id)) {
            Some(chat) if chat.blocked => {
                // source: tdlib/telegram-bot-api Client.cpp, USER_IS_BLOCKED
                Err(ApiError::forbidden("bot was blocked by the user"))
            }
            Some(chat) if chat.can_write() || self.now() < chat.write_until => Ok(user_id),
            // source: tdlib/td MessagesManager.cpp, PEER_ID_INVALID
            _ => Err(ApiError::forbidden(
                "bot can't initiate conversation with a user",
            )),
        }
    }

    /// Puts a message into a chat, tells the window, and queues the update when
    /// it came from the user. Returns the Bot API object.
    pub fn post(
        &mut self,
        bot_id: i64,
        user_id: i64,
        message: Message,
        delivery: Delivery,
    ) -> Value {
        let told_as = self.told_as(bot_id, user_id, &message);
        let object = self.message_object(bot_id, user_id, &message);
        if self.is_watched() {
            let message = self.window_object(bot_id, user_id, &message);
            self.tell(Event::Message {
                bot_id,
                user_id,
                message,
            });
        }
        let chat = self.chat_mut(bot_id, user_id);
        if chat.messages.len() == MESSAGES_PER_CHAT {
            chat.messages.pop_front();
        }
        chat.messages.push_back(message);
        if let Some(kind) = told_as {
            let queue = Queue::Message(user_id);
            self.push_update_as(bot_id, kind, object.clone(), queue, delivery);
        }
        object
    }

    /// A new message of the user, or a service message about the user.
    pub fn post_from_user(&mut self, bot_id: i64, user_id: i64, content: Content) -> Value {
        let message = self.new_message(bot_id, user_id, Sender::User, content);
        self.post(bot_id, user_id, message, Delivery::Normal)
    }

    /// A numbered, dated message that is not in a chat yet. Private chats of a bot count
    /// together, each group and channel by itself, as at Telegram.
    pub fn new_message(
        &mut self,
        bot_id: i64,
        chat_id: i64,
        from: Sender,
        mut content: Content,
    ) -> Message {
        self.know_mentions(&mut content);
        let id = if let Some(community) = self.communities.get_mut(&chat_id) {
            community.last_message_id += 1;
            community.last_message_id
        } else {
            let bot = self.bots.get_mut(&bot_id);
            bot.map_or(1, |bot| bot.next_message_id())
        };
        Message::new(id, self.now(), from, content)
    }

    /// The message with this id, if it is in the chat.
    pub fn message_mut(
        &mut self,
        bot_id: i64,
        user_id: i64,
        message_id: i64,
    ) -> Option<&mut Message> {
        let chat = self.chats.get_mut(&(bot_id, user_id))?;
        chat.messages
            .iter_mut()
            .find(|message| message.id == message_id)
    }

    /// The Bot API's `Message` object.
    #[must_use]
    pub fn message_object(&self, bot_id: i64, user_id: i64, message: &Message) -> Value {
        let Some(bot) = self.bots.get(&bot_id) else {
            return Value::Null;
        };
        let mut object = message.to_api(&self.head(bot, user_id, message.from));
        if message.via_bot {
            object["via_bot"] = bot.to_api();
        }
        if let Some(replied) = message.reply_to {
            let found = self.chats.get(&(bot_id, user_id)).and_then(|chat| {
                chat.messages
                    .iter()
                    .find(|other| other.id == replied && other.id != message.id)
            });
            if let Some(other) = found {
                let mut inner = self.message_object(bot_id, user_id, other);
                if let Some(fields) = inner.as_object_mut() {
                    fields.remove("reply_to_message");
                }
                object["reply_to_message"] = inner;
            }
        }
        object
    }

    /// Who wrote where, as a `Message` begins: channels speak for themselves.
    fn head(&self, bot: &Bot, chat_id: i64, from: Sender) -> Value {
        let user = |id: i64| self.users.get(&id).map(|account| &account.user);
        let community = self.communities.get(&chat_id);
        let chat = match community {
            Some(community) => Some(community.to_chat()),
            None => user(chat_id).map(User::to_chat),
        };
        if community.is_some_and(|community| community.kind == Kind::Channel) {
            return json!({ "sender_chat": chat, "chat": chat });
        }
        let from = match from {
            Sender::Bot => Some(bot.to_api()),
            Sender::User => user(chat_id).map(User::to_api),
            Sender::Member(id) => user(id).map(User::to_api),
        };
        json!({ "from": from, "chat": chat })
    }

    /// The message as the window shows it: with every kind of keyboard, the slug of an invoice, the
    /// bot's reaction, and who in a group has paid for media.
    #[must_use]
    pub fn window_object(&self, bot_id: i64, user_id: i64, message: &Message) -> Value {
        let mut object = self.message_object(bot_id, user_id, message);
        if let Some(markup) = &message.markup {
            object["reply_markup"] = markup.value.clone();
        }
        if let Content::PaidMedia(media, _) = &message.content {
            object["paid_media"] = media.to_api(media.buyers.contains(&user_id));
            if self.communities.contains_key(&user_id) {
                object["paid_media_buyers"] = json!(media.buyers);
                object["paid_media_open"] = media.to_api(true);
            }
        }
        if let Some(reaction) = &message.reaction {
            object["reaction"] = reaction.clone();
        }
        if let Some(slug) = &message.invoice_slug {
            object["invoice_slug"] = json!(slug);
        }
        object
    }
}
