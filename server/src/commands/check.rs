//! `starfront check`: is everything in place?

use shop::{Shop, store::StoreError};
use telegram::{Client, types::WebhookInfo};

use super::{CommandError, say};
use crate::{
    bot::webhook::{missing_kinds, webhook_url},
    config::{Config, Updates},
    serve::{self, ServeError},
};

/// Looks at settings, site, database, catalogue and bot, and says what it sees. Changes nothing
/// but the database, which is made or brought up to date as by a start.
pub(super) async fn run() -> Result<(), CommandError> {
    let config = Config::load()?;
    say("settings: fine");
    serve::check_site()?;
    say("built site: fine");
    let shop = serve::open_shop(&config).await.map_err(ServeError::from)?;
    shop.ping().await?;
    say("database and files: fine");
    let profile = shop.profile("en").await?;
    match (profile.name.as_str(), profile.paused) {
        ("", _) => say("catalogue: empty; bring one in with `starfront catalog import shop.toml`"),
        (name, true) => say(&format!(
            "catalogue: {name}, paused; `starfront shop resume`"
        )),
        (name, false) => say(&format!("catalogue: {name}")),
    }
    check_owners(&config);
    check_trouble(&shop).await?;
    let telegram = serve::telegram_client(&config)?;
    check_bot(&config, &telegram)
        .await
        .map_err(|error| CommandError::Told(format!("bot: {error} ({})", error.code())))
}

fn check_owners(config: &Config) {
    match config.owners.len() {
        0 => say(
            "owners: none, so nobody is told of refunds that wait, purchases that a store took \
             back, or books that differ; put your Telegram user id into the setting owners",
        ),
        owners => say(&format!("owners: {owners}")),
    }
}

/// What waits for a person.
async fn check_trouble(shop: &Shop) -> Result<(), StoreError> {
    let troubled = shop.troubled().await?;
    match (troubled.dead_in_all, troubled.waiting_in_all) {
        (0, 0) => say("work: nothing is in trouble"),
        (0, waiting) => say(&format!("work: {waiting} rows wait after a failure")),
        (dead, waiting) => say(&format!(
            "work: {dead} rows are put aside and {waiting} wait after a failure; `starfront \
             outbox list` shows them"
        )),
    }
    match shop.differences_open().await? {
        0 => say("books: nothing is known to differ from Telegram's ledger"),
        open => say(&format!(
            "books: {open} differences are open; `starfront ledger check` shows both sides"
        )),
    }
    Ok(())
}

async fn check_bot(config: &Config, telegram: &Client) -> Result<(), telegram::ApiError> {
    let me = telegram.get_me().await?;
    say(&format!("bot: @{}", me.username.unwrap_or_default()));
    if !me.has_main_web_app {
        say(
            "bot: no main Mini App is set, so links into the shop do not work yet; in @BotFather: \
             /mybots, Bot Settings, Configure Mini App, Enable, and give it public_url",
        );
    }
    let info = telegram.get_webhook_info().await?;
    check_updates(config, &info);
    if !config.public_url.starts_with("https://") && config.stand_in().is_none() {
        say("public_url: not https, so Telegram will not open the shop as a Mini App");
    }
    Ok(())
}

/// How updates come, beside how the settings say.
fn check_updates(config: &Config, info: &WebhookInfo) {
    let ours = webhook_url(&config.public_url);
    match (config.updates, info.url.as_str()) {
        (Updates::Polling, "") => say("updates: polling"),
        (Updates::Polling, _) => {
            say("updates: polling, and a webhook is set; `starfront serve` takes it away");
        }
        (Updates::Webhook, "") => say("updates: no webhook yet; `starfront serve` sets it"),
        (Updates::Webhook, url) if url == ours => say(&format!("updates: webhook {url}")),
        (Updates::Webhook, url) => say(&format!(
            "updates: they go to {url} and not to {ours}; `starfront serve` sets it. If it does \
             again and again, another program has the bot's token"
        )),
    }
    let missing = missing_kinds(info);
    if config.updates == Updates::Webhook && !missing.is_empty() {
        let missing = missing.join(", ");
        say(&format!(
            "updates: the webhook does not bring {missing}; `starfront serve` sets it right"
        ));
    }
    if info.pending_update_count > 0 {
        say(&format!("updates: {} wait", info.pending_update_count));
    }
    if let Some(problem) = &info.last_error_message {
        say(&format!("updates: Telegram's last try failed: {problem}"));
    }
}
