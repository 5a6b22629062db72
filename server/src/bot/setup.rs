//! Tells Telegram at start what the bot is: commands, menu button, description, webhook.

use std::{sync::atomic::Ordering, time::Duration};

use telegram::{
    ApiError,
    client::SetWebhook,
    types::{BotCommand, MenuButton},
};
use tokio_util::sync::CancellationToken;
use words::{Lang, words};

use super::Bot;
use crate::{config::Updates, limits::SETUP_RETRY_MOST};

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
}

impl Bot {
    /// Sets the bot up, trying until it works or the server stops. The shop can be looked at
    /// meanwhile; `/readyz` says that it is not ready to sell.
    pub async fn set_up(self, stop: CancellationToken) {
        let mut wait = Duration::from_secs(1);
        while let Err(error) = self.set_up_once().await {
            tracing::error!(error.code = error.code(), error = %error, "the bot is not set up yet");
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
            wait = (wait * 2).min(SETUP_RETRY_MOST);
        }
        self.inner.set_up.store(true, Ordering::Relaxed);
        tracing::info!("the bot is set up");
    }

    pub(crate) async fn set_up_once(&self) -> Result<(), SetupError> {
        let me = self.inner.telegram.get_me().await?;
        let _ = self.inner.username.set(me.username.unwrap_or_default());
        self.set_face().await?;
        match self.inner.updates {
            Updates::Webhook => self.set_webhook().await,
            // getUpdates is refused as long as a webhook is set.
            Updates::Polling => Ok(self.inner.telegram.delete_webhook().await?),
        }
    }

    async fn set_face(&self) -> Result<(), SetupError> {
        let telegram = &self.inner.telegram;
        for lang in Lang::ALL {
            let (bot, tag) = (words(lang).bot(), (lang != Lang::En).then(|| lang.tag()));
            let profile = self.inner.shop.profile(lang.tag()).await?;
            telegram.set_my_commands(&commands(lang), tag).await?;
            if !profile.name.is_empty() {
                let named = [("shop", profile.name.as_str())];
                telegram
                    .set_my_description(&bot.description.fill(&named), tag)
                    .await?;
                telegram
                    .set_my_short_description(&bot.short_description.fill(&named), tag)
                    .await?;
            }
        }
        if let Some(url) = self.web_app("/") {
            let text = words(Lang::En).bot().menu_button.to_owned();
            telegram
                .set_chat_menu_button(None, &MenuButton::WebApp { text, url })
                .await?;
        }
        Ok(())
    }

    /// Sets the webhook and reads it back: an address that Telegram did not take must not look
    /// like a quiet shop.
    async fn set_webhook(&self) -> Result<(), SetupError> {
        let url = format!("{}/telegram/webhook", self.inner.public_url);
        let secret = self.inner.webhook_secret.clone().into();
        let webhook = SetWebhook::new(url.clone(), secret);
        self.inner.telegram.set_webhook(&webhook).await?;
        let info = self.inner.telegram.get_webhook_info().await?;
        if info.url == url {
            Ok(())
        } else {
            Err(SetupError::WebhookNotKept)
        }
    }
}

fn commands(lang: Lang) -> Vec<BotCommand> {
    let texts = &words(lang).bot().commands;
    [
        ("start", texts.start),
        ("help", texts.help),
        ("paysupport", texts.paysupport),
        ("terms", texts.terms),
        ("privacy", texts.privacy),
    ]
    .map(|(command, description)| BotCommand::new(command, description))
    .into()
}
