//! The one place with SQL.
//!
//! One set of statements that SQLite and PostgreSQL both run, through sqlx's `Any` driver: `$1`
//! placeholders, TEXT and BIGINT only, 0 and 1 for booleans, ids made by the shop. What must not
//! race is never read and then written: it is a conditional `UPDATE … WHERE` or a unique
//! constraint, and the number of rows says who was first. Both databases decide that on the newest
//! row. Where a step decides by more than one row, it first takes a [`lock`].
//!
//! Statements that lock several rows take them in one order, so that two transactions on
//! PostgreSQL never wait for each other: charge, subscription, entitlement, order, promo,
//! allowance, pool, copy, code. A new row locks what it points at, so it is written after that.
//! Who takes the place of another plan has the allowance first; where that meets another, one of the
//! two is told that it is contended, has written nothing, and is tried again.
//!
//! One file holds one noun. The functions take a connection and know no steps: which of them make
//! one transaction is for [`crate::steps`] to say.

pub(crate) mod allowance;
pub(crate) mod audit;
pub(crate) mod benefit;
pub(crate) mod buyer;
pub(crate) mod category;
pub(crate) mod charge;
pub(crate) mod code;
pub(crate) mod copy;
pub(crate) mod database;
pub(crate) mod difference;
pub(crate) mod entitlement;
mod error;
pub(crate) mod event;
pub(crate) mod goods;
pub(crate) mod hold;
pub(crate) mod ids;
pub(crate) mod inbox;
pub(crate) mod ledger;
pub(crate) mod listing;
pub(crate) mod lock;
pub(crate) mod manifest;
pub(crate) mod order;
pub(crate) mod outbox;
pub(crate) mod product;
pub(crate) mod profile;
pub(crate) mod promo;
mod queue;
mod row;
pub(crate) mod secret;
pub(crate) mod selection;
pub(crate) mod selling;
pub(crate) mod sent_file;
pub(crate) mod star_row;
pub(crate) mod story;
pub(crate) mod subscription;
pub(crate) mod trouble;

pub use error::StoreError;

pub(crate) use database::{Conn, Database, Safety, Tx};

/// What a store function gives.
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;
