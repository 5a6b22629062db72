//! What goes wrong between page and shop.

use leptos::server_fn::{
    codec::PostcardEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What the page can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Open the shop in Telegram: nobody is known here.
    OpenInTelegram,
    /// Close the Mini App and open it again: the session has ended.
    Reopen,
    /// Load the page again: the shop has changed since.
    Reload,
    /// Try again.
    Retry,
    /// Nothing: it is so.
    Accept,
}

/// An error of a server function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct ApiError {
    /// The stable code, for logs, tests and support.
    pub code: String,
    /// What to tell the buyer, in the buyer's language. Empty for errors that arise in the
    /// browser: there the page has the words.
    pub sentence: String,
    /// What the page can do.
    pub remedy: Remedy,
}

impl ApiError {
    /// An error with its words.
    pub fn new(code: &str, sentence: impl Into<String>, remedy: Remedy) -> Self {
        Self {
            code: code.to_owned(),
            sentence: sentence.into(),
            remedy,
        }
    }

    /// Whether a new session may mend it.
    pub fn is_session(&self) -> bool {
        matches!(self.remedy, Remedy::Reopen | Remedy::OpenInTelegram)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = PostcardEncoding;

    /// Errors of the way between: no network, an answer of another version. Their own texts are
    /// for developers and stay out of the page.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::new("network", "", Remedy::Retry),
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                Self::new("versions_differ", "", Remedy::Reload)
            }
            _ => Self::new("server", "", Remedy::Retry),
        }
    }
}
