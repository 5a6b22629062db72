//! The Bot API, one typed method per call.
//!
//! Nothing is tried again in here: whoever calls knows whether a repetition does harm. Errors say
//! whether trying again may help ([`ApiError::is_transient`]) and how long to wait.
//!
//! ```no_run
//! use telegram::{BotToken, Client, NewInvoice};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let token = BotToken::parse(&std::env::var("STARFRONT_BOT_TOKEN")?)?;
//! let client = Client::new(telegram::client::OFFICIAL_BASE, token)?;
//! let invoice = NewInvoice::new("Cat stickers", "24 cats on a keyboard", "order-1", 50);
//! let link = client.create_invoice_link(&invoice).await?;
//! assert!(link.starts_with("https://t.me/$"));
//! # Ok(())
//! # }
//! ```

mod base;
mod classify;
mod error;
mod files;
mod http;
mod messages;
mod multipart;
mod payments;
mod profile;
mod send;
mod stars;
mod updates;
mod upload;

use std::fmt;
use std::sync::Arc;

pub use error::ApiError;
pub use send::{SendFile, SendMessage};
pub use updates::SetWebhook;
pub use upload::{FileSource, Upload};

use crate::BotToken;

/// Telegram's own Bot API server.
pub const OFFICIAL_BASE: &str = "https://api.telegram.org";

/// A client of the Bot API. Cloning is cheap; clones share their connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: reqwest::Client,
    /// Address without a slash at the end.
    base: String,
    token: BotToken,
}

impl Client {
    /// A client for the bot of `token` at `base`: [`OFFICIAL_BASE`], an own Bot API server, or a
    /// sandbox. Opens no connection yet.
    ///
    /// # Errors
    ///
    /// [`ApiError::BadBase`] when `base` is not a plain `http` or `https` address,
    /// [`ApiError::Setup`] when TLS cannot be set up, such as on a machine without certificates.
    pub fn new(base: &str, token: BotToken) -> Result<Self, ApiError> {
        let base = base::Base::parse(base)?;
        let http = base.connect()?;
        Ok(Self {
            inner: Arc::new(Inner {
                http,
                base: base.into_address(),
                token,
            }),
        })
    }

    /// The bot's own user id.
    pub fn bot_id(&self) -> i64 {
        self.inner.token.bot_id()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.inner.base)
            .field("token", &self.inner.token)
            .finish_non_exhaustive()
    }
}
