//! What a buyer has: entitlements with their contents. Shown to that buyer alone.

use serde::{Deserialize, Serialize};

use super::{EntitlementId, FileKey, Order, Picture, Return, Subscription, UserId};

/// One benefit that a buyer has the right to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// The right itself.
    pub entitlement: EntitlementId,
    /// The benefit's title.
    pub title: String,
    /// What it holds.
    pub content: GoodsContent,
    /// Whether it has also been sent in the chat.
    pub sent: bool,
}

/// What a benefit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GoodsContent {
    /// A file.
    File {
        /// The stored file.
        file: FileKey,
        /// The name under which it is saved.
        name: String,
        /// Size in bytes.
        size_bytes: u64,
        /// Media type.
        media_type: String,
        /// Whether the chat message must forbid forwarding and saving.
        protect: bool,
    },
    /// A code, this buyer's own.
    Code {
        /// The code.
        code: String,
    },
    /// A text, Markdown.
    Text {
        /// The text.
        text: String,
    },
    /// A link.
    Link {
        /// Its address.
        url: String,
    },
}

/// The number of a copy of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyNumber {
    /// Its number, from 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

/// A purchase in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryEntry {
    /// The paid order.
    pub order: Order,
    /// The product's picture, if it still has one.
    pub picture: Option<Picture>,
    /// What it gave; empty once refunded, or once its time is over.
    pub goods: Vec<Goods>,
    /// Which copy of an edition it is, where copies are numbered.
    pub copy: Option<CopyNumber>,
    /// For how long, where it is not for good.
    pub subscription: Option<Subscription>,
    /// Payments of its buyer for it that do not stay. Only where one order is looked at.
    pub returns: Vec<Return>,
}

/// All that a worker needs to send one benefit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// To whom.
    pub buyer: UserId,
    /// The buyer's language.
    pub language: String,
    /// The order's title.
    pub order_title: String,
    /// Which copy of an edition it is, where copies are numbered.
    pub copy: Option<CopyNumber>,
    /// What to send.
    pub goods: Goods,
    /// Telegram's `file_id` of the file, once it has been sent to anybody by this bot.
    pub file_id: Option<String>,
}
