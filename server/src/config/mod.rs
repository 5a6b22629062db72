//! The settings of an instance: defaults, under `starfront.toml`, under `STARFRONT_*` variables.
//!
//! A wrong or unknown setting stops the start with a sentence that names it: a typo must never
//! silently leave a shop on a default.

mod error;
mod listed;

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

pub use self::error::ConfigError;
use self::listed::{OWN_VARIABLES, SETTINGS};

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
    /// Base address of the Bot API.
    pub telegram_api: String,
    /// `sqlite:…` or `postgres:…`.
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
}

#[derive(Serialize)]
struct Defaults {
    telegram_api: &'static str,
    database_url: &'static str,
    files: &'static str,
    public_url: &'static str,
    owners: [i64; 0],
    updates: Updates,
    log: LogFormat,
    init_data_max_age_seconds: u32,
    session_seconds: u32,
}

const DEFAULTS: Defaults = Defaults {
    telegram_api: TELEGRAM_API,
    database_url: "sqlite:data/starfront.db",
    files: "data/files",
    public_url: "http://127.0.0.1:3000",
    owners: [],
    updates: Updates::Polling,
    log: LogFormat::Text,
    init_data_max_age_seconds: 3600,
    session_seconds: 12 * 3600,
};

impl Config {
    /// Reads the settings of this process.
    pub fn load() -> Result<Self, ConfigError> {
        let named = std::env::var_os("STARFRONT_CONFIG").map(PathBuf::from);
        if let Some(path) = &named
            && !path.is_file()
        {
            return Err(ConfigError::FileMissing(path.clone()));
        }
        let path = named.unwrap_or_else(|| PathBuf::from("starfront.toml"));
        refuse_unknown_variables(
            std::env::vars_os().filter_map(|(key, _)| key.into_string().ok()),
        )?;
        Self::from_figment(figment(&path))
    }

    fn from_figment(figment: Figment) -> Result<Self, ConfigError> {
        let config: Self = figment.extract().map_err(ConfigError::from_figment)?;
        config.checked()
    }

    fn checked(mut self) -> Result<Self, ConfigError> {
        for (setting, url) in [
            ("public_url", &mut self.public_url),
            ("telegram_api", &mut self.telegram_api),
        ] {
            let parsed = url::Url::parse(url)
                .ok()
                .filter(|u| matches!(u.scheme(), "http" | "https"));
            if parsed.is_none_or(|u| u.host_str().is_none()) {
                return Err(ConfigError::wrong(
                    setting,
                    "an address that starts with https://",
                ));
            }
            *url = url.trim_end_matches('/').to_owned();
        }
        Ok(self)
    }

    /// Whether Telegram is a stand-in on this machine or another server than Telegram's own.
    pub fn is_sandbox(&self) -> bool {
        self.telegram_api != TELEGRAM_API
    }
}

fn figment(path: &Path) -> Figment {
    Figment::from(Serialized::defaults(DEFAULTS))
        .merge(Toml::file_exact(path))
        .merge(Env::prefixed("STARFRONT_").only(SETTINGS))
}

/// A variable that looks like ours but is none is a typo.
fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> Result<(), ConfigError> {
    for name in names {
        let Some(setting) = name.strip_prefix("STARFRONT_") else {
            continue;
        };
        let known = SETTINGS.contains(&setting.to_ascii_lowercase().as_str())
            || OWN_VARIABLES.contains(&name.as_str());
        if !known {
            return Err(ConfigError::unknown(&name));
        }
    }
    Ok(())
}
