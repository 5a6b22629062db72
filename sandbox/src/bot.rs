//! A bot: its token, profile, queue, webhook and Stars.

use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::api_error::{ApiError, ApiResult};
use crate::event::Event;
use crate::ledger::Ledger;
use crate::limits::{FIRST_UPDATE_IDS, POLL_PATIENCE};
use crate::profile::Profile;
use crate::state::State;
use crate::token::Token;
use crate::update::UpdateQueue;
use crate::webhook::Webhook;

/// A bot, made when its token is first used.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bot {
    /// Its token.
    pub token: Token,
    /// Names, descriptions, commands, menu button.
    pub profile: Profile,
    /// Updates that it has not taken yet.
    pub updates: UpdateQueue,
    /// Where updates are pushed to, if anywhere.
    pub webhook: Webhook,
    /// Its Stars.
    pub ledger: Ledger,
    /// Rung when there may be something to deliver or a setting changed.
    #[serde(skip)]
    pub wake: Arc<Notify>,
    /// Which long poll is the current one; an older one is told to go.
    #[serde(skip)]
    pub poll: u64,
    /// When it last polled, real time.
    #[serde(skip)]
    pub polled: Option<Instant>,
    last_message_id: i64,
}

impl Bot {
    fn new(token: Token, first_update_id: i64) -> Self {
        let profile = Profile::new(token.bot_id());
        Self {
            token,
            profile,
            updates: UpdateQueue::new(first_update_id),
            webhook: Webhook::default(),
            ledger: Ledger::default(),
            wake: Arc::new(Notify::new()),
            poll: 0,
            polled: None,
            last_message_id: 0,
        }
    }

    /// The bot's user id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.token.bot_id()
    }

    /// Whether somebody takes its updates: a webhook, or a poll just now.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        self.webhook.is_set() || self.polled.is_some_and(|at| at.elapsed() < POLL_PATIENCE)
    }

    /// Whether it has updates to take in now, and somebody to take them.
    #[must_use]
    pub fn is_busy(&self, now_ms: i64) -> bool {
        self.is_listening() && self.updates.has_ready(now_ms)
    }

    /// The number of the next message in any of the bot's chats.
    pub fn next_message_id(&mut self) -> i64 {
        self.last_message_id += 1;
        self.last_message_id
    }

    /// The Bot API's `User` object, as others see it.
    #[must_use]
    pub fn to_api(&self) -> Value {
        json!({
            "id": self.id(),
            "is_bot": true,
            "first_name": self.profile.name(""),
            "username": self.profile.username,
        })
    }

    /// The Bot API's `User` object, as `getMe` shows it.
    #[must_use]
    pub fn to_me(&self) -> Value {
        let mut object = self.to_api();
        // source: tdlib/telegram-bot-api Client.cpp `JsonUser`
        object["can_join_groups"] = json!(true);
        object["can_read_all_group_messages"] = json!(self.profile.sees_all);
        object["supports_inline_queries"] = json!(false);
        object["supports_guest_queries"] = json!(false);
        object["can_connect_to_business"] = json!(false);
        object["supports_join_request_queries"] = json!(false);
        object["has_main_web_app"] = json!(self.profile.has_web_app());
        object["has_topics_enabled"] = json!(false);
        object["allows_users_to_create_topics"] = json!(false);
        object["can_manage_bots"] = json!(false);
        object
    }
}

impl State {
    /// The bot of a token, made on first use.
    ///
    /// # Errors
    /// 401 when another secret already belongs to this bot id, as for a revoked token.
    pub fn bot_of(&mut self, token: &Token) -> ApiResult<&mut Bot> {
        let bot_id = token.bot_id();
        if !self.bots.contains_key(&bot_id) {
            let first_update_id = self.ids.between(FIRST_UPDATE_IDS);
            self.bots
                .insert(bot_id, Bot::new(token.clone(), first_update_id));
            self.tell(Event::Bot { bot_id });
        }
        match self.bots.get_mut(&bot_id) {
            Some(bot) if bot.token == *token => Ok(bot),
            _ => Err(ApiError::new(401, "Unauthorized")),
        }
    }

    /// A bot that is known to exist.
    ///
    /// # Errors
    /// 401 when it does not.
    pub fn bot_mut(&mut self, bot_id: i64) -> ApiResult<&mut Bot> {
        self.bots
            .get_mut(&bot_id)
            .ok_or_else(ApiError::unauthorized)
    }
}
