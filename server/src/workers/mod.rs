//! Work that goes on by itself: updates in, effects out, orders that run out.
//!
//! All that is owed stands in the store, so a stopped worker loses nothing.

pub mod backoff;
pub mod expiry;
pub mod inbox;
pub mod outbox;
pub mod pace;
pub mod polling;
