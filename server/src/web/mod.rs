//! What the server answers besides pages and server functions.

pub(crate) mod assets;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod media;
pub(crate) mod script;
pub(crate) mod webhook;
