//! The kinds of updates, and which of them the shop asks for.

use serde::Deserialize;
use serde_json::Value;

use crate::types::{
    CallbackQuery, ChatMemberUpdated, Message, PreCheckoutQuery, PurchasedPaidMedia,
    SubscriptionUpdated,
};

/// The kinds that the shop asks Telegram for: those that it can read, no others.
///
/// Without `pre_checkout_query` every payment would time out; that is the field's commonest fault,
/// because a list given once stays in force until another is given.
pub const ALLOWED_UPDATES: [&str; 6] = [
    "message",
    "callback_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "my_chat_member",
    "subscription",
];

/// What an update is about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpdateKind {
    /// A message to the bot, or a service message such as a payment.
    Message(Box<Message>),
    /// A press of a button.
    CallbackQuery(Box<CallbackQuery>),
    /// A payment waits for our word.
    PreCheckoutQuery(Box<PreCheckoutQuery>),
    /// Paid media was bought.
    PurchasedPaidMedia(Box<PurchasedPaidMedia>),
    /// The bot's own standing in a chat changed.
    MyChatMember(Box<ChatMemberUpdated>),
    /// A subscription changed.
    SubscriptionUpdated(Box<SubscriptionUpdated>),
    /// A kind that this version does not know.
    Unknown {
        /// Its name; empty when the update has none.
        name: String,
    },
    /// A kind that should be known but looks other than expected. Worth an alarm: the meaning is
    /// lost until this crate is mended, though the JSON is kept.
    Unreadable {
        /// Its name.
        name: &'static str,
        /// What was expected; never a value.
        problem: String,
    },
}

impl UpdateKind {
    /// Finds the kind by the one key beside `update_id`.
    pub(super) fn read(raw: &Value) -> Self {
        let body = |name: &str| raw.get(name).filter(|body| !body.is_null());
        for known in ALLOWED_UPDATES {
            let Some(body) = body(known) else { continue };
            return match known {
                "message" => typed("message", body, Self::Message),
                "callback_query" => typed("callback_query", body, Self::CallbackQuery),
                "pre_checkout_query" => typed("pre_checkout_query", body, Self::PreCheckoutQuery),
                "purchased_paid_media" => {
                    typed("purchased_paid_media", body, Self::PurchasedPaidMedia)
                }
                "my_chat_member" => typed("my_chat_member", body, Self::MyChatMember),
                _ => typed("subscription", body, Self::SubscriptionUpdated),
            };
        }
        let mut names = raw.as_object().into_iter().flatten().map(|(name, _)| name);
        let name = names
            .find(|name| *name != "update_id")
            .cloned()
            .unwrap_or_default();
        Self::Unknown { name }
    }

    /// The Bot API's own word for the kind.
    pub fn name(&self) -> &str {
        match self {
            Self::Message(_) => "message",
            Self::CallbackQuery(_) => "callback_query",
            Self::PreCheckoutQuery(_) => "pre_checkout_query",
            Self::PurchasedPaidMedia(_) => "purchased_paid_media",
            Self::MyChatMember(_) => "my_chat_member",
            Self::SubscriptionUpdated(_) => "subscription",
            Self::Unknown { name } => name,
            Self::Unreadable { name, .. } => name,
        }
    }
}

fn typed<'a, T: Deserialize<'a>>(
    name: &'static str,
    body: &'a Value,
    kind: fn(Box<T>) -> UpdateKind,
) -> UpdateKind {
    match T::deserialize(body) {
        Ok(body) => kind(Box::new(body)),
        Err(error) => UpdateKind::Unreadable {
            name,
            problem: without_values(&error),
        },
    }
}

/// The reader's complaint without the value that it may quote.
fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.strip_prefix("missing field ") {
        Some(field) => format!("it has no {field}"),
        None => "a field is not of the expected type".to_owned(),
    }
}
