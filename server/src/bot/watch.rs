//! Watches that updates go on coming as the settings say.
//!
//! Whoever has the bot's token can send its updates elsewhere: a copy of the shop on a developer's
//! machine, or another tool. Nothing arrives then, every payment fails at its pre-checkout, and a
//! shop that did not look would call itself ready.

use std::time::Duration;

use telegram::ApiError;

use super::{
    Bot,
    setup::until_done,
    webhook::{missing_kinds, webhook_url},
};
use crate::{clock::now, config::Updates, limits::TAKE_UP_PAUSE};

impl Bot {
    /// Looks again and again, and at once when [`Bot::doubt_updates`] says so; takes the updates up
    /// anew where somebody took them. Never ends.
    pub(super) async fn watch(&self, every: Duration) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(every) => {}
                () = self.inner.doubted.notified() => {}
            }
            if self.updates_come().await {
                continue;
            }
            self.inner.set_up.send_replace(false);
            tracing::error!("somebody else took the bot's updates: they are taken up again");
            self.warn_owners().await;
            until_done("updates", || self.take_up_updates()).await;
            self.inner.set_up.send_replace(true);
            tracing::info!("the bot's updates come again");
            // Whoever took them may do it again at once.
            tokio::time::sleep(TAKE_UP_PAUSE).await;
        }
    }

    /// Asks for a look soon: something says that updates go elsewhere.
    pub(crate) fn doubt_updates(&self) {
        self.inner.doubted.notify_one();
    }

    /// Whether Telegram sends updates as the settings say. In doubt it does.
    async fn updates_come(&self) -> bool {
        let info = match self.inner.telegram.get_webhook_info().await {
            Ok(info) => info,
            // The token is good no more: nothing comes until somebody gives another.
            Err(ApiError::Unauthorized) => return false,
            Err(error) => {
                tracing::warn!(
                    error.code = error.code(),
                    "Telegram was not asked where updates go"
                );
                return true;
            }
        };
        match self.inner.updates {
            Updates::Webhook => {
                info.url == webhook_url(&self.inner.public_url) && missing_kinds(&info).is_empty()
            }
            Updates::Polling => info.url.is_empty(),
        }
    }

    /// The updates are what matters: they are taken up whether or not the owners can be told.
    async fn warn_owners(&self) {
        if let Err(error) = self.inner.shop.warn_of_taken_updates(now()).await {
            tracing::error!(error.code = error.code(), error = %error, "the owners were not told");
        }
    }
}
