//! What Telegram says: initData, the Bot API, and its limits.
//!
//! | module | what |
//! |---|---|
//! | [`init_data`] | who opened the Mini App: check the signed launch data, then read it |
//! | [`client`] | the Bot API methods a shop needs, each typed, each with a time limit |
//! | [`update`] | what Telegram tells the bot; unknown kinds are kept whole |
//! | [`types`] | users, chats, messages, payments and the other objects both sides speak |
//! | [`stars`] | rows of Telegram's own Star ledger |
//! | [`keyboard`] | buttons under a message |
//! | [`invoice`] | what is asked for in an invoice link |
//! | [`text`] | shorten and escape text for messages |
//! | [`limits`] | every bound, with its unit and its source |
//!
//! # Why a client of our own
//!
//! 1. Unknown fields, update kinds and ledger rows must survive: we keep the raw JSON next to the
//!    typed view, which ready-made clients drop.
//! 2. Amounts and ids are `i64` all the way; the fullest ready-made client narrows amounts to
//!    `u32` and subscription prices to `u16`.
//! 3. A shop needs about 25 methods. The server carries the HTTP stack anyway, so these add no
//!    crate to it; a full client adds types and builders for every method there is.
//! 4. The licences stay MIT/Apache-2.0 throughout.
//! 5. The token is in the path of each request, so errors and logs have to be made here, where it
//!    can be proved that it never gets out.
//!
//! # What must never happen here
//!
//! The bot token never appears in an error, a `Debug` or `Display` text, or a log line. No code
//! in this crate reads the clock: the current time is handed in.

pub mod client;
pub mod init_data;
pub mod invoice;
pub mod keyboard;
pub mod limits;
pub mod stars;
pub mod text;
pub mod types;
pub mod update;

mod lenient;
mod limit_error;
mod token;

pub use client::{ApiError, Client};
pub use invoice::NewInvoice;
pub use keyboard::{Button, InlineKeyboard};
pub use limit_error::LimitError;
pub use token::{BotToken, TokenError};
pub use update::{ALLOWED_UPDATES, Update, UpdateKind};
