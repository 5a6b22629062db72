//! Work that goes on by itself: updates in, effects out, orders that run out, books compared.
//!
//! All that is owed stands in the store, so a stopped worker loses nothing.

pub(crate) mod backoff;
pub(crate) mod crew;
mod drain;
pub(crate) mod expiry;
pub(crate) mod housekeeping;
pub(crate) mod inbox;
pub(crate) mod outbox;
pub(crate) mod pace;
pub(crate) mod polling;
pub(crate) mod reconcile;
mod star_rows;
pub(crate) mod supervise;
