//! Makes sure that Telegram knows the bot and sends updates as the settings say.

use std::time::Duration;

use telegram::{ApiError, client::SetWebhook};
use tokio_util::sync::CancellationToken;

use super::{
    Bot,
    webhook::{missing_kinds, webhook_url},
};
use crate::{
    config::Updates,
    limits::{RETRY_FIRST, RETRY_MOST},
};

/// Why the bot is not set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetupError {
    #[error(transparent)]
    Telegram(#[from] ApiError),
    #[error(transparent)]
    Store(#[from] shop::store::StoreError),
    #[error("Telegram did not keep the webhook")]
    WebhookNotKept,
}

impl SetupError {
    fn code(&self) -> &'static str {
        match self {
            Self::Telegram(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::WebhookNotKept => "webhook_not_kept",
        }
    }

    /// How long Telegram itself asks to wait.
    fn asked_wait(&self) -> Option<Duration> {
        match self {
            Self::Telegram(ApiError::RetryAfter { seconds }) => Some(Duration::from_secs(*seconds)),
            _ => None,
        }
    }
}

impl Bot {
    /// Sets the bot up, trying until it works, and watches from then on that it stays so, `every`
    /// so often, until the server stops. The shop can be looked at meanwhile; `/readyz` says that
    /// it is not ready to sell.
    pub(crate) async fn keep_set_up(self, every: Duration, stop: CancellationToken) {
        let trying = async {
            until_done("updates", || self.take_up_updates()).await;
            self.inner.set_up.send_replace(true);
            tracing::info!("the bot is set up");
            tokio::join!(until_done("face", || self.set_face()), self.watch(every));
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = trying => {}
        }
    }

    pub(super) async fn take_up_updates(&self) -> Result<(), SetupError> {
        let me = self.inner.telegram.get_me().await?;
        let _ = self.inner.username.set(me.username.unwrap_or_default());
        match self.inner.updates {
            Updates::Webhook => self.set_webhook().await,
            // getUpdates is refused as long as a webhook is set.
            Updates::Polling => Ok(self.inner.telegram.delete_webhook().await?),
        }
    }

    /// Sets the webhook and reads it back: an address that Telegram did not take must not look
    /// like a quiet shop.
    async fn set_webhook(&self) -> Result<(), SetupError> {
        let url = webhook_url(&self.inner.public_url);
        let secret = self.inner.webhook_secret.clone().into();
        let webhook = SetWebhook::new(url.clone(), secret);
        self.inner.telegram.set_webhook(&webhook).await?;
        let info = self.inner.telegram.get_webhook_info().await?;
        if info.url == url && missing_kinds(&info).is_empty() {
            Ok(())
        } else {
            Err(SetupError::WebhookNotKept)
        }
    }
}

/// Tries until it works, waiting longer each time.
pub(super) async fn until_done<F>(what: &'static str, mut attempt: impl FnMut() -> F)
where
    F: Future<Output = Result<(), SetupError>>,
{
    let mut wait = RETRY_FIRST;
    while let Err(error) = attempt().await {
        tracing::error!(what, error.code = error.code(), error = %error, "the bot is not set up yet");
        tokio::time::sleep(error.asked_wait().unwrap_or(wait)).await;
        wait = (wait * 2).min(RETRY_MOST);
    }
}
