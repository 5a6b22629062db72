//! What a Star goes through, from intent to goods.
//!
//! # A sale, step by step
//!
//! ```text
//! open_order ──▶ an order and its hold are stored; its id becomes the invoice payload
//! precheck   ──▶ Telegram asks "may this go ahead?"; answered from our own tables
//! settle     ──▶ Telegram took the money: one transaction books all that follows from it
//! outbox     ──▶ a worker sends what was decided, and again if it fails
//! book_refund ─▶ money went back, so do the goods
//! reconcile  ──▶ Telegram's own ledger is read, and our books are made the same
//! ```
//!
//! Begin with [`Shop`], which has a call for each of these, and follow one of them: the call is in
//! `shop/`, its step in [`steps`], what it decides in [`domain`], what it reads and writes in
//! [`store`].
//!
//! # The map
//!
//! * [`domain`]: the words of the trade as types, and every decision as a pure function:
//!   [`domain::transition`] (how an order may change), [`domain::verdict`] (whether a payment may go
//!   ahead, and what becomes of a charge), [`domain::ledger`] (double entry). No clock, no
//!   randomness, no I/O: they are handed in.
//! * [`steps`]: what happens to an order, one file a step, one transaction a step.
//! * [`store`]: the one place with SQL. SQLite and PostgreSQL run the same statements; the tables
//!   and the reason of each constraint are in `migrations/`.
//! * [`files`]: bytes of goods and pictures, named by their hash.
//! * [`catalogue_file`]: a catalogue as a file, in and out, whole or nothing.
//! * [`limits`]: every bound, with its unit and its reason.
//!
//! # What always holds
//!
//! The tests in `tests/contract` hold these on both databases, among them one that lets every
//! write fail in turn, one that stops a step wherever it waits, and random walks.
//!
//! * An invoice's payload is the id of an order that was stored before.
//! * A charge is booked once, for good, whoever reports it and however often.
//! * A charge ends granted or given back. Nothing waits for a person.
//! * Charge, ledger, order, entitlements and outbox rows are one transaction.
//! * The accounts of the ledger sum to zero.
//! * Nothing is sold that is not there: not under contention, not when a payment comes late.
//!
//! This crate knows no HTTP, no Telegram client and no Leptos.

pub mod catalogue_file;
pub mod domain;
pub mod files;
pub mod limits;
mod shop;
pub mod steps;
pub mod store;

pub use domain::{InboxItem, Lease, OutboxItem, Outcome, Received};
pub use shop::{OpenOrderError, RefusedSwitch, Settings, Shop};
