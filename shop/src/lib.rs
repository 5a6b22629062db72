//! What a Star goes through, from intent to goods.
//!
//! * [`domain`]: the words of the trade as types. Pure: no clock, no randomness, no I/O.
//! * [`steps`]: what happens to an order: open, precheck, settle, deliver, refund.
//! * [`store`]: the one place with SQL; SQLite and PostgreSQL run the same statements.
//! * [`catalogue_file`]: a catalogue as a file, in and out, whole or nothing.
//!
//! [`Shop`] ties them together and is all that the server and the pages see.
//! This crate knows no HTTP, no Telegram client and no Leptos.

pub mod catalogue_file;
pub mod domain;
pub mod files;
pub mod limits;
mod shop;
pub mod steps;
pub mod store;

pub use domain::{InboxItem, OutboxItem, Outcome, Received};
pub use shop::{OpenOrderError, Shop};
