//! What every request passes through.

pub(crate) mod access_log;
pub(crate) mod guard;
pub(crate) mod security;
