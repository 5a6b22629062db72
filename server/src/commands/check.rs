//! `starfront check`: is everything in place?

use telegram::Client;

use super::{CommandError, say};
use crate::{
    config::{Config, Updates},
    serve,
};

/// Looks at settings, database, catalogue and bot, and says what it sees.
pub(super) async fn run() -> Result<(), CommandError> {
    let config = Config::load()?;
    say("configuration: fine");
    let shop = serve::open_shop(&config).await?;
    shop.ping().await?;
    say("database: fine");
    let name = shop.profile("en").await?.name;
    if name.is_empty() {
        say("catalogue: empty; bring one in with `starfront catalog import shop.toml`");
    } else {
        say(&format!("catalogue: {name}"));
    }
    let telegram = serve::telegram_client(&config)?;
    check_bot(&config, &telegram)
        .await
        .map_err(|error| CommandError::Told(format!("bot: {error} ({})", error.code())))
}

async fn check_bot(config: &Config, telegram: &Client) -> Result<(), telegram::ApiError> {
    let me = telegram.get_me().await?;
    say(&format!("bot: @{}", me.username.unwrap_or_default()));
    let info = telegram.get_webhook_info().await?;
    match (config.updates, info.url.as_str()) {
        (Updates::Polling, "") => say("updates: polling"),
        (Updates::Polling, _) => {
            say("updates: polling, and an old webhook is set; `starfront serve` takes it away");
        }
        (Updates::Webhook, "") => say("updates: no webhook yet; `starfront serve` sets it"),
        (Updates::Webhook, url) => say(&format!("updates: webhook {url}")),
    }
    if let Some(problem) = info.last_error_message {
        say(&format!("updates: Telegram's last try failed: {problem}"));
    }
    if !config.public_url.starts_with("https://") && !config.is_sandbox() {
        say("public_url: not https, so Telegram will not open the shop as a Mini App");
    }
    Ok(())
}
