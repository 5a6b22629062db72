//! What a user does about a bot: start it, let it write, block it.

use serde_json::{Value, json};

use crate::event::Event;
use crate::message::{Content, Sender};
use crate::state::State;
use crate::text::FormattedText;
use crate::update::{Delivery, Queue};

impl State {
    /// The user writes to the bot, maybe in answer to a message of their chat; the first message
    /// starts it, and any message lifts a block, as the apps do. Returns the Bot API object.
    pub fn write_to_bot(
        &mut self,
        bot_id: i64,
        user_id: i64,
        text: &str,
        reply_to: Option<i64>,
    ) -> Value {
        self.open_to(bot_id, user_id);
        let content = Content::Text(FormattedText::detect(text.trim().to_owned()));
        let mut message = self.new_message(bot_id, user_id, Sender::User, content);
        message.reply_to = reply_to;
        self.post(bot_id, user_id, message, Delivery::Normal)
    }

    /// What any message of the user does before it arrives: it lifts a block and starts
    /// the bot.
    pub fn open_to(&mut self, bot_id: i64, user_id: i64) {
        if self.chat_mut(bot_id, user_id).blocked {
            self.set_blocked(bot_id, user_id, false);
        }
        let chat = self.chat_mut(bot_id, user_id);
        let is_new = !chat.started;
        chat.started = true;
        if is_new {
            self.tell(Event::Chat { bot_id, user_id });
        }
    }

    /// A Mini App that a button of the reply keyboard opened sends data to the bot: a service
    /// message of the user. `None` when the keyboard has no such button. Source: Mini Apps,
    /// `sendData`; Bot API, `WebAppData`.
    pub fn send_app_data(
        &mut self,
        bot_id: i64,
        user_id: i64,
        is_meant: impl Fn(&Value) -> bool,
        data: &str,
    ) -> Option<Value> {
        let keyboard = self.chats.get(&(bot_id, user_id))?.keyboard()?;
        let rows = keyboard["keyboard"].as_array()?.iter();
        let mut buttons = rows.filter_map(Value::as_array).flatten();
        let button = buttons.find(|button| button["web_app"].is_object() && is_meant(button))?;
        let content = json!({ "button_text": button["text"], "data": data });
        let content = Content::Service("web_app_data".into(), content.into());
        Some(self.post_from_user(bot_id, user_id, content))
    }

    /// The user allows or forbids messages from a bot that they have not started.
    /// The bot is told when it may write from now on. Source: Bot API, `WriteAccessAllowed`.
    pub fn set_write_access(&mut self, bot_id: i64, user_id: i64, allow: bool) {
        let chat = self.chat_mut(bot_id, user_id);
        let is_new = allow && !chat.is_open();
        chat.write_allowed = allow;
        self.tell(Event::Chat { bot_id, user_id });
        if is_new {
            let allowed = json!({ "from_request": true });
            self.post_from_user(
                bot_id,
                user_id,
                Content::Service("write_access_allowed".into(), allowed.into()),
            );
        }
    }

    /// The user blocks the bot or lets it in again. Source: Bot API, `my_chat_member`
    /// in private chats; tdlib/telegram-bot-api Client.cpp `JsonChatMemberUpdated`.
    pub fn set_blocked(&mut self, bot_id: i64, user_id: i64, blocked: bool) {
        let chat = self.chat_mut(bot_id, user_id);
        if chat.blocked == blocked {
            return;
        }
        chat.blocked = blocked;
        let (Some(bot), Some(account)) = (self.bots.get(&bot_id), self.users.get(&user_id)) else {
            return;
        };
        let member = |status: &str| {
            let mut object = json!({ "user": bot.to_api(), "status": status });
            if status == "kicked" {
                object["until_date"] = json!(0);
            }
            object
        };
        let (old, new) = if blocked {
            ("member", "kicked")
        } else {
            ("kicked", "member")
        };
        let update = json!({
            "chat": account.user.to_chat(),
            "from": account.user.to_api(),
            "date": self.now(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        });
        self.push_update(
            bot_id,
            "my_chat_member",
            update,
            Queue::MyChatMember(user_id),
        );
        self.tell(Event::Chat { bot_id, user_id });
    }
}
