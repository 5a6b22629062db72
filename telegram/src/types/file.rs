//! Files on Telegram's servers.

use serde::Deserialize;

/// A file inside a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SentFile {
    /// Handle for sending the file again; good for this bot only, and for good.
    pub file_id: String,
    /// The same for all bots; cannot be used for sending.
    #[serde(default)]
    pub file_unique_id: String,
    /// Size in bytes.
    pub file_size: Option<i64>,
    /// Name that the sender gave.
    pub file_name: Option<String>,
}

/// A file ready for download, as `getFile` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct File {
    /// Handle for sending the file again.
    pub file_id: String,
    /// The same for all bots.
    #[serde(default)]
    pub file_unique_id: String,
    /// Size in bytes.
    pub file_size: Option<i64>,
    /// Path for [`Client::download_file`](crate::Client::download_file), good for an hour or more.
    /// The address made of it holds the token, so it must never go to a browser.
    pub file_path: Option<String>,
}
