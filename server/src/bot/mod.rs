//! What the bot is and says.

mod markdown;
pub(crate) mod parcel;
pub(crate) mod replies;
mod setup;

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use shop::{Shop, store::StoreError};
use telegram::Client;

use crate::config::{Config, Updates};

/// The shop's bot: who it is, and whether Telegram has accepted its settings. Cheap to clone.
#[derive(Clone)]
pub struct Bot {
    inner: Arc<Inner>,
}

struct Inner {
    telegram: Client,
    shop: Shop,
    public_url: String,
    updates: Updates,
    /// Telegram takes web apps at `https` only; a stand-in also takes `http`.
    web_app_allowed: bool,
    webhook_secret: String,
    username: OnceLock<String>,
    set_up: AtomicBool,
}

impl Bot {
    /// The bot of this shop, not yet set up.
    pub async fn new(telegram: Client, shop: &Shop, config: &Config) -> Result<Self, StoreError> {
        let secret = shop.secret("webhook").await?;
        Ok(Self {
            inner: Arc::new(Inner {
                telegram,
                shop: shop.clone(),
                public_url: config.public_url.clone(),
                updates: config.updates,
                web_app_allowed: config.is_sandbox() || config.public_url.starts_with("https://"),
                webhook_secret: hex::encode(secret),
                username: OnceLock::new(),
                set_up: AtomicBool::new(false),
            }),
        })
    }

    /// The secret that Telegram sends with each webhook request: 64 hex digits.
    pub fn webhook_secret(&self) -> &str {
        &self.inner.webhook_secret
    }

    /// The bot's name without `@`; empty until Telegram has told it.
    pub fn username(&self) -> String {
        self.inner.username.get().cloned().unwrap_or_default()
    }

    /// Whether Telegram has accepted all settings.
    pub fn is_set_up(&self) -> bool {
        self.inner.set_up.load(Ordering::Relaxed)
    }

    /// The address that opens the shop as a Mini App from a button, at a path of the shop.
    pub(crate) fn web_app(&self, path: &str) -> Option<String> {
        self.inner
            .web_app_allowed
            .then(|| format!("{}{path}", self.inner.public_url))
    }
}
