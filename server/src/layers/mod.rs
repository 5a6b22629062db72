//! What every request passes through.

pub mod access_log;
pub mod panic;
pub mod security;
