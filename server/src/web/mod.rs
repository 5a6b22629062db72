//! What the server answers besides pages and server functions.

pub mod assets;
pub mod events;
pub mod files;
pub mod health;
pub mod media;
pub mod script;
pub mod webhook;
