//! What the kinds of the settings alone do not say.

use telegram::limits::{SUBSCRIPTION_PERIOD_SECONDS, SUBSCRIPTION_PERIODS_TEST_SECONDS};
use url::Url;

use super::{ClockSource, Config, ConfigError, Updates};
use crate::limits::PROCESSES_MOST;

/// The settings, if they can be worked with.
pub(super) fn checked(mut settings: Config) -> Result<Config, ConfigError> {
    let public_url = address(&settings.public_url)
        .filter(|url| url.path() == "/")
        .ok_or_else(|| {
            let right = "an address without a path, such as https://shop.example.org";
            ConfigError::wrong("public_url", right)
        })?;
    let telegram_api = address(&settings.telegram_api).ok_or_else(|| {
        let right = "an address such as https://api.telegram.org";
        ConfigError::wrong("telegram_api", right)
    })?;
    settings.public_url = without_slash(&public_url);
    settings.telegram_api = without_slash(&telegram_api);
    let over_https = public_url.scheme() == "https" || settings.stand_in().is_some();
    if settings.updates == Updates::Webhook && !over_https {
        let right = "polling, as long as public_url does not start with https://";
        return Err(ConfigError::wrong("updates", right));
    }
    if settings.owners.iter().any(|id| *id <= 0) {
        let right = "a list of Telegram user ids, which are positive numbers";
        return Err(ConfigError::wrong("owners", right));
    }
    for (name, seconds) in [
        (
            "init_data_max_age_seconds",
            settings.init_data_max_age_seconds,
        ),
        ("session_seconds", settings.session_seconds),
        ("reconcile_seconds", settings.reconcile_seconds),
    ] {
        if seconds == 0 {
            return Err(ConfigError::wrong(name, "a number of seconds above 0"));
        }
    }
    let seconds = i64::from(settings.subscription_seconds);
    let is_telegrams = seconds == SUBSCRIPTION_PERIOD_SECONDS
        || SUBSCRIPTION_PERIODS_TEST_SECONDS.contains(&seconds);
    if !is_telegrams {
        let right = "2592000 (30 days), or 60 or 300 in Telegram's test environment";
        return Err(ConfigError::wrong("subscription_seconds", right));
    }
    if !(1..=PROCESSES_MOST).contains(&settings.processes) {
        let right = format!("a number from 1 to {PROCESSES_MOST}");
        return Err(ConfigError::wrong("processes", &right));
    }
    if settings.processes > 1 && !settings.may_be_shared() {
        let right = "1, unless database_url names PostgreSQL and updates is webhook";
        return Err(ConfigError::wrong("processes", right));
    }
    if settings.clock == ClockSource::Sandbox && settings.stand_in().is_none() {
        let right = "system, as long as telegram_api names Telegram itself";
        return Err(ConfigError::wrong("clock", right));
    }
    if settings.files.as_os_str().is_empty() {
        return Err(ConfigError::wrong("files", "the name of a folder"));
    }
    Ok(settings)
}

/// A plain http or https address.
fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    let plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (plain && matches!(url.scheme(), "http" | "https") && url.host().is_some()).then_some(url)
}

fn without_slash(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}
