//! What only runs in the browser, besides islands and bridge.

pub mod actions;
pub mod follow;
pub mod page;
pub mod session;
pub mod slot;
pub mod start;
mod storage;
pub mod toast;
mod trail;
