//! What server functions answer.

use serde::{Deserialize, Serialize};

/// A session, to be kept in memory and in the tab's storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The token for the `Authorization: Bearer` header.
    pub token: String,
    /// Until when it is good, in Unix seconds.
    pub expires_at: i64,
}

/// A piece of a page, rendered by the server from the same components as the page itself and put
/// in its place by an island. So each thing is drawn by one piece of code, and what draws the
/// goods is not downloaded by those who only look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fragment(pub String);

/// An order that waits for its payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedOrder {
    /// The order's id.
    pub order: String,
    /// What to hand to Telegram.
    pub invoice_link: String,
    /// Opens the order's event stream.
    pub ticket: String,
}

/// How far an order has come, as its buyer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not paid yet, as far as the shop knows.
    Opened,
    /// The shop said yes; Telegram may be taking the Stars just now.
    Prechecked,
    /// Paid: the goods are the buyer's.
    Paid,
    /// Paid, and the goods are in the chat too.
    Delivered,
    /// Not paid in time.
    Expired,
    /// Given back.
    Refunded,
}

impl Stage {
    /// The stage named by an event of the order's stream.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "opened" => Self::Opened,
            "prechecked" => Self::Prechecked,
            "paid" => Self::Paid,
            "delivered" => Self::Delivered,
            "expired" => Self::Expired,
            "refunded" => Self::Refunded,
            _ => return None,
        })
    }

    /// The word for it in events and texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Prechecked => "prechecked",
            Self::Paid => "paid",
            Self::Delivered => "delivered",
            Self::Expired => "expired",
            Self::Refunded => "refunded",
        }
    }

    /// Whether the goods are the buyer's.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::Delivered)
    }

    /// Whether there is nothing more to wait for.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Opened | Self::Prechecked)
    }
}

/// One order of the buyer's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// How far it has come.
    pub stage: Stage,
    /// The order with its goods, drawn.
    pub fragment: Fragment,
    /// What to hand to Telegram, while it can be paid.
    pub invoice_link: Option<String>,
    /// Opens the order's event stream.
    pub ticket: String,
}

/// A subscription whose renewal was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalView {
    /// How it stands, drawn.
    pub fragment: Fragment,
    /// The same in one line.
    pub sentence: String,
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// The whole address, good for minutes.
    pub url: String,
    /// The name to save it under.
    pub name: String,
}
