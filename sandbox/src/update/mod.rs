//! A bot's queue of updates.
//!
//! Updates of one [`Queue`] leave strictly one by one; different queues do not
//! wait for each other. Both ways out, polling and webhook, use this queue.

mod queue;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use self::queue::UpdateQueue;
use crate::compact::Compact;
use crate::limits::{PRECHECKOUT_UPDATE_SECONDS, UPDATE_SECONDS};

/// Kinds that a bot gets only when it asks for them by name. Source:
/// tdlib/telegram-bot-api Client.h `DEFAULT_ALLOWED_UPDATE_TYPES`.
const ON_DEMAND: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// Every update kind. Source: Bot API 10.3, `Update`.
pub const KINDS: [&str; 27] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "guest_message",
    "managed_bot",
    "subscription",
    "stopped_message_generation",
];

/// What must stay in order. Source: tdlib/telegram-bot-api Client.cpp, the
/// `webhook_queue_id` of each kind; that of `subscription`, whose code is not
/// public yet, is a matter of [`crate::choices`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Queue {
    /// Messages of a chat.
    Message(i64),
    /// Pressed buttons of a user.
    Callback(i64),
    /// Pre-checkout queries of a user.
    PreCheckout(i64),
    /// Changes of the bot's own membership in a chat.
    MyChatMember(i64),
    /// Subscription changes of a user.
    Subscription(i64),
    /// Paid media bought by a user.
    PaidMedia(i64),
    /// A user's place in groups and channels, and their requests.
    Member(i64),
    /// Updates made up by a test; each is a queue of its own.
    Made(i64),
}

/// The number of an update that has none yet; Telegram's begin at 1.
const UNNUMBERED: i64 = 0;

/// How an update is to reach the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delivery {
    /// As it should.
    #[default]
    Normal,
    /// Not at all.
    Lost,
    /// Twice, with the same number.
    Doubled,
    /// This much later, milliseconds; later updates overtake it.
    Late(i64),
    /// After the next update of the bot, whatever queue that is in; this much later,
    /// milliseconds, when none comes.
    Swapped(i64),
    /// Again, since the answer to the first delivery gets lost.
    Unheard,
}

/// One update on its way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Update {
    /// Counts up by one.
    pub id: i64,
    /// Field name of the payload.
    pub kind: String,
    /// The payload.
    pub payload: Compact,
    /// What it must stay in order with.
    pub queue: Queue,
    /// Dropped after this, milliseconds.
    pub expires_ms: i64,
    /// Not delivered before this, milliseconds.
    pub wake_ms: i64,
    /// How often it is delivered again after success.
    pub repeats: u32,
    /// The next answer to it gets lost.
    #[serde(default)]
    pub is_unheard: bool,
    /// Waits for another update to overtake it.
    pub is_swapped: bool,
    /// Failed deliveries.
    pub fails: u32,
    /// Delay before the latest retry, seconds.
    pub delay_seconds: i64,
}

impl Update {
    /// An update that has just happened; it gets its number in the queue.
    #[must_use]
    pub fn new(kind: &str, payload: Value, queue: Queue, now_ms: i64) -> Self {
        let keep_seconds = match queue {
            Queue::PreCheckout(_) => PRECHECKOUT_UPDATE_SECONDS,
            _ => UPDATE_SECONDS,
        };
        Self {
            id: UNNUMBERED,
            kind: kind.to_owned(),
            payload: payload.into(),
            queue,
            expires_ms: now_ms + keep_seconds * 1000,
            wake_ms: now_ms,
            repeats: 0,
            is_unheard: false,
            is_swapped: false,
            fails: 0,
            delay_seconds: 1,
        }
    }

    /// About how many bytes it takes in an answer.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.payload.text().len()
    }

    /// The Bot API's `Update` object.
    #[must_use]
    pub fn to_api(&self) -> Value {
        json!({ "update_id": self.id, self.kind.as_str(): self.payload.value() })
    }

    /// The same as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let (kind, payload) = (json!(self.kind), self.payload.text());
        format!(r#"{{"update_id":{},{kind}:{payload}}}"#, self.id)
    }
}

#[cfg(test)]
mod tests;
