//! What the bot is and says.

pub(crate) mod alerts;
mod face;
mod markdown;
pub(crate) mod notes;
mod papers;
pub(crate) mod parcel;
pub(crate) mod replies;
mod setup;
mod watch;
pub(crate) mod webhook;
mod welcome;

use std::sync::{Arc, OnceLock};

use shop::{Shop, store::StoreError};
use telegram::Client;
use tokio::sync::{Notify, watch::Sender};

use crate::config::{Config, Updates};

/// The shop's bot: who it is, and whether Telegram has accepted its settings. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Bot {
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
    set_up: Sender<bool>,
    /// Something says that updates go elsewhere.
    doubted: Notify,
}

impl Bot {
    /// The bot of this shop, not yet set up.
    pub(crate) async fn new(
        telegram: Client,
        shop: &Shop,
        config: &Config,
    ) -> Result<Self, StoreError> {
        let secret = shop.secret("webhook").await?;
        let over_https = config.public_url.starts_with("https://");
        Ok(Self {
            inner: Arc::new(Inner {
                telegram,
                shop: shop.clone(),
                public_url: config.public_url.clone(),
                updates: config.updates,
                web_app_allowed: over_https || config.stand_in().is_some(),
                webhook_secret: hex::encode(secret),
                username: OnceLock::new(),
                set_up: Sender::new(false),
                doubted: Notify::new(),
            }),
        })
    }

    /// The secret that Telegram sends with each webhook request: 64 hex digits.
    pub(crate) fn webhook_secret(&self) -> &str {
        &self.inner.webhook_secret
    }

    /// The bot's name without `@`; empty until Telegram has told it.
    pub(crate) fn username(&self) -> String {
        self.inner.username.get().cloned().unwrap_or_default()
    }

    /// Whether Telegram knows the bot and sends updates as the settings say.
    pub(crate) fn is_set_up(&self) -> bool {
        *self.inner.set_up.borrow()
    }

    /// Waits for [`Bot::is_set_up`].
    pub(crate) async fn wait_until_set_up(&self) {
        let mut set_up = self.inner.set_up.subscribe();
        // The sender lives as long as the bot, so waiting cannot fail.
        let _ = set_up.wait_for(|done| *done).await;
    }

    /// The address that opens the shop as a Mini App from a button, at a path of the shop.
    pub(crate) fn web_app(&self, path: &str) -> Option<String> {
        let url = &self.inner.public_url;
        self.inner.web_app_allowed.then(|| format!("{url}{path}"))
    }
}
