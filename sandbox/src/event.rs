//! What the client window is told while it happens. Of a group or channel, `user_id` is the
//! chat id.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::journal::Call;
use crate::subscription::Standing;

/// One change, sent over `/api/events`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A message appeared in a chat.
    Message {
        /// The bot of the chat.
        bot_id: i64,
        /// The user of the chat.
        user_id: i64,
        /// The message as the window shows it.
        #[schema(value_type = Object)]
        message: Value,
    },
    /// A message changed.
    MessageEdited {
        /// The bot of the chat.
        bot_id: i64,
        /// The user of the chat.
        user_id: i64,
        /// The message as the window shows it.
        #[schema(value_type = Object)]
        message: Value,
    },
    /// A message is gone.
    MessageDeleted {
        /// The bot of the chat.
        bot_id: i64,
        /// The user of the chat.
        user_id: i64,
        /// Which message.
        message_id: i64,
    },
    /// The bot shows that it is busy, such as `typing`.
    ChatAction {
        /// The bot of the chat.
        bot_id: i64,
        /// The user of the chat.
        user_id: i64,
        /// What it does.
        action: String,
    },
    /// The bot answered a pressed button.
    CallbackAnswer {
        /// The bot of the chat.
        bot_id: i64,
        /// The user who pressed.
        user_id: i64,
        /// Which press, as `POST /api/callbacks` named it.
        callback_query_id: String,
        /// What to show, if anything.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// As an alert instead of a toast.
        show_alert: bool,
        /// What to open, if anything.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// A user's Stars changed.
    Balance {
        /// Whose.
        user_id: i64,
        /// How many are left.
        balance: i64,
    },
    /// Writing, blocking or starting changed in a chat.
    Chat {
        /// The bot of the chat.
        bot_id: i64,
        /// The user of the chat.
        user_id: i64,
    },
    /// A payment ended.
    Payment {
        /// The bot that sells.
        bot_id: i64,
        /// The buyer.
        user_id: i64,
        /// Which invoice.
        slug: String,
        /// `paid`, `failed`, `cancelled` or `pending`.
        status: String,
    },
    /// A subscription began, renewed, failed, was cancelled or turned on again.
    Subscription {
        /// The bot that sells.
        bot_id: i64,
        /// The buyer.
        user_id: i64,
        /// Charge id of its first payment.
        charge_id: String,
        /// Whether it goes on.
        standing: Standing,
    },
    /// A step of a script was taken, or skipped. Random steps are not told of.
    Script {
        /// The bot that the script is about.
        bot_id: i64,
        /// What kind of step.
        step: String,
        /// Why it was skipped, if it was.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    /// Something about the people or links of a bot's groups and channels changed.
    Community {
        /// The bot that runs them.
        bot_id: i64,
    },
    /// A bot appeared, or its name, commands or menu button changed.
    Bot {
        /// Which bot.
        bot_id: i64,
    },
    /// A user appeared or changed.
    User {
        /// Which user.
        user_id: i64,
    },
    /// A Bot API call or a webhook delivery was journalled.
    Call {
        /// The entry.
        call: Call,
    },
    /// The clock jumped.
    Time {
        /// Seconds since 1970.
        now: i64,
    },
}

impl Event {
    /// The user whom the event is about, if it is about one.
    #[must_use]
    pub fn user_id(&self) -> Option<i64> {
        match self {
            Self::Message { user_id, .. }
            | Self::MessageEdited { user_id, .. }
            | Self::MessageDeleted { user_id, .. }
            | Self::ChatAction { user_id, .. }
            | Self::CallbackAnswer { user_id, .. }
            | Self::Balance { user_id, .. }
            | Self::Chat { user_id, .. }
            | Self::Payment { user_id, .. }
            | Self::Subscription { user_id, .. } => Some(*user_id),
            Self::Bot { .. }
            | Self::Community { .. }
            | Self::Script { .. }
            | Self::User { .. }
            | Self::Call { .. }
            | Self::Time { .. } => None,
        }
    }

    /// The bot whom the event is about, if it is about one.
    #[must_use]
    pub fn bot_id(&self) -> Option<i64> {
        match self {
            Self::Message { bot_id, .. }
            | Self::MessageEdited { bot_id, .. }
            | Self::MessageDeleted { bot_id, .. }
            | Self::ChatAction { bot_id, .. }
            | Self::CallbackAnswer { bot_id, .. }
            | Self::Chat { bot_id, .. }
            | Self::Payment { bot_id, .. }
            | Self::Community { bot_id }
            | Self::Script { bot_id, .. }
            | Self::Subscription { bot_id, .. } => Some(*bot_id),
            Self::Call { call } => Some(call.bot_id),
            Self::Balance { .. } | Self::Bot { .. } | Self::User { .. } | Self::Time { .. } => None,
        }
    }
}
