//! Makes sure at start that Telegram knows the bot and sends updates as the settings say.

use std::time::Duration;

use telegram::{ALLOWED_UPDATES, ApiError, client::SetWebhook, types::WebhookInfo};
use tokio_util::sync::CancellationToken;

use super::Bot;
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
    /// Sets the bot up, trying until it works or the server stops. The shop can be looked at
    /// meanwhile; `/readyz` says that it is not ready to sell.
    pub(crate) async fn set_up(self, stop: CancellationToken) {
        let trying = async {
            until_done("updates", || self.take_up_updates()).await;
            self.inner.set_up.send_replace(true);
            tracing::info!("the bot is set up");
            until_done("face", || self.set_face()).await;
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = trying => {}
        }
    }

    async fn take_up_updates(&self) -> Result<(), SetupError> {
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
        let url = format!("{}/telegram/webhook", self.inner.public_url);
        let secret = self.inner.webhook_secret.clone().into();
        let webhook = SetWebhook::new(url.clone(), secret);
        self.inner.telegram.set_webhook(&webhook).await?;
        let info = self.inner.telegram.get_webhook_info().await?;
        if info.url == url && brings_all(&info) {
            Ok(())
        } else {
            Err(SetupError::WebhookNotKept)
        }
    }
}

/// Whether all kinds of updates come that the shop needs. No list means Telegram's own choice,
/// which holds them.
fn brings_all(info: &WebhookInfo) -> bool {
    info.allowed_updates.as_ref().is_none_or(|kinds| {
        let comes = |kind: &&str| kinds.iter().any(|listed| listed == kind);
        kinds.is_empty() || ALLOWED_UPDATES.iter().all(comes)
    })
}

/// Tries until it works, waiting longer each time.
async fn until_done<F>(what: &'static str, mut attempt: impl FnMut() -> F)
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
