//! Where a bot wants its updates pushed to.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::state::State;

/// A bot's webhook; an empty address means none.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Webhook {
    /// Address.
    pub url: String,
    /// Value of `X-Telegram-Bot-Api-Secret-Token`; empty means no header.
    pub secret: String,
    /// Parallel requests.
    pub max_connections: usize,
    /// Pinned address, if the bot gave one.
    pub ip_address: String,
    /// The bot gave a certificate of its own.
    #[serde(default)]
    pub has_certificate: bool,
    /// When the latest delivery failed, seconds since 1970; 0 means never.
    pub last_error_date: i64,
    /// Why it failed.
    pub last_error_message: String,
    /// When a series of answers 410 began, milliseconds; 0 means it has not.
    pub gone_since_ms: i64,
    /// Counts settings; a sender of an older one stops.
    pub generation: u64,
    /// Not set again before this, milliseconds.
    pub next_allowed_ms: i64,
}

impl Webhook {
    /// Whether updates are pushed.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.url.is_empty()
    }

    /// Removes the webhook; its sender stops.
    pub fn remove(&mut self) {
        let generation = self.generation + 1;
        *self = Self {
            generation,
            next_allowed_ms: self.next_allowed_ms,
            ..Self::default()
        };
    }
}

impl State {
    /// The Bot API's `WebhookInfo`. Source: tdlib/telegram-bot-api Client.cpp
    /// `JsonWebhookInfo`.
    pub fn webhook_info(&mut self, bot_id: i64) -> Value {
        let now_ms = self.now_ms();
        let Some(bot) = self.bots.get_mut(&bot_id) else {
            return Value::Null;
        };
        bot.updates.settle(now_ms);
        let hook = &bot.webhook;
        let mut info = json!({
            "url": hook.url,
            "has_custom_certificate": hook.has_certificate,
            "pending_update_count": bot.updates.len(),
        });
        if hook.last_error_date > 0 {
            info["last_error_date"] = json!(hook.last_error_date);
            info["last_error_message"] = json!(hook.last_error_message);
        }
        if hook.is_set() {
            info["max_connections"] = json!(hook.max_connections);
            let ip = if hook.ip_address.is_empty() {
                "<unknown>"
            } else {
                &hook.ip_address
            };
            info["ip_address"] = json!(ip);
        }
        if let Some(kinds) = bot.updates.allowed() {
            info["allowed_updates"] = json!(kinds);
        }
        info
    }
}
