//! The settings of an instance: defaults, under `starfront.toml`, under `STARFRONT_*` variables.
//!
//! A wrong or unknown setting stops the start with a sentence that names it: a typo must never
//! silently leave a shop on a default.

mod checked;
mod defaults;
mod error;
mod listed;

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Format, Serialized, Toml},
    value::Value,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use shop::domain::UserId;

pub use self::error::ConfigError;
use crate::clock::SandboxClock;

use self::{
    defaults::DEFAULTS,
    listed::{SETTINGS, is_known_variable},
};

/// Where Telegram's Bot API lives.
pub const TELEGRAM_API: &str = "https://api.telegram.org";

/// How updates reach the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Updates {
    /// Telegram posts them to `<public_url>/telegram/webhook`.
    Webhook,
    /// The shop asks for them; needs no public address for updates.
    Polling,
}

/// Whose time holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockSource {
    /// This machine's.
    System,
    /// That of the sandbox that stands in for Telegram: it can jump.
    Sandbox,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// All settings of an instance. `starfront.example.toml` explains each.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The bot's token from @BotFather. Never printed.
    pub bot_token: Option<SecretString>,
    /// Base address of the Bot API, without a trailing slash.
    pub telegram_api: String,
    /// `sqlite:…` or `postgres:…`. Never printed: it may hold a password.
    pub database_url: SecretString,
    /// Folder of stored files: goods, pictures, the copy of Telegram's script.
    pub files: PathBuf,
    /// The address at which buyers reach the shop, without a trailing slash.
    pub public_url: String,
    /// Telegram user ids of the shop's owners.
    #[serde(deserialize_with = "listed::user_ids")]
    pub owners: Vec<i64>,
    /// How updates reach the shop.
    pub updates: Updates,
    /// How log lines are written.
    pub log: LogFormat,
    /// Longest age of launch data at the start of a session, in seconds.
    pub init_data_max_age_seconds: u32,
    /// Life of a session, in seconds.
    pub session_seconds: u32,
    /// Seconds between two looks at Telegram's ledger.
    pub reconcile_seconds: u32,
    /// Seconds of a subscription's period: 30 days, or what Telegram's test environment takes.
    pub subscription_seconds: u32,
    /// Processes that speak for the bot, this one among them.
    pub processes: u32,
    /// Whose time holds.
    pub clock: ClockSource,
}

impl Config {
    /// Reads the settings of this process.
    ///
    /// # Errors
    /// The first wrong or unknown setting, by name.
    pub fn load() -> Result<Self, ConfigError> {
        let variables: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let named = std::env::var_os("STARFRONT_CONFIG").map(PathBuf::from);
        let path = named.as_deref().unwrap_or(Path::new("starfront.toml"));
        let file = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ConfigError::file(path, &error)),
        };
        Self::read(&file, &variables)
    }

    /// Reads the text of a settings file under the variables given, over the defaults.
    ///
    /// # Errors
    /// The first wrong or unknown setting, by name.
    pub fn read(file: &str, variables: &[(String, String)]) -> Result<Self, ConfigError> {
        let mut settings = Figment::from(Serialized::defaults(DEFAULTS)).merge(Toml::string(file));
        for (name, value) in variables {
            let Some(setting) = name.strip_prefix("STARFRONT_") else {
                continue;
            };
            let setting = setting.to_ascii_lowercase();
            if SETTINGS.contains(&setting.as_str()) {
                let Ok(value) = value.parse::<Value>();
                settings = settings.merge((setting, value));
            } else if !is_known_variable(name) {
                // A variable that looks like ours but is none is a typo.
                return Err(ConfigError::unknown(name));
            }
        }
        checked::checked(settings.extract().map_err(ConfigError::from_figment)?)
    }

    /// What the shop is told of the settings.
    pub fn shop_settings(&self) -> shop::Settings {
        shop::Settings {
            owners: self.owners.iter().copied().map(UserId).collect(),
            subscription_seconds: i64::from(self.subscription_seconds),
        }
    }

    /// The base address of what stands in for Telegram: a sandbox, or a Bot API server of the
    /// seller's own.
    pub fn stand_in(&self) -> Option<&str> {
        (self.telegram_api != TELEGRAM_API).then_some(self.telegram_api.as_str())
    }

    /// Whether several processes may be this shop: polling would take updates from one another, and
    /// rows of a SQLite file are not leased across machines.
    fn may_be_shared(&self) -> bool {
        let database = self.database_url.expose_secret();
        self.updates == Updates::Webhook && !database.starts_with("sqlite:")
    }

    /// The clock that holds, where it is not this machine's.
    ///
    /// # Errors
    /// This machine can make no HTTP client.
    pub(crate) fn sandbox_clock(&self) -> reqwest::Result<Option<SandboxClock>> {
        match (self.clock, self.stand_in()) {
            (ClockSource::Sandbox, Some(base)) => SandboxClock::new(base).map(Some),
            _ => Ok(None),
        }
    }

    /// The origin of what stands in for Telegram.
    pub fn stand_in_origin(&self) -> Option<String> {
        let url = url::Url::parse(self.stand_in()?).ok()?;
        Some(url.origin().ascii_serialization())
    }
}

#[cfg(test)]
mod tests;
