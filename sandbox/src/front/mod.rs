//! What the sandbox serves besides its control interface: the Bot API, files,
//! the official script, the client window.

pub mod bot_api;
pub mod extract;
pub mod files;
pub mod router;
pub mod script;
pub mod window;
