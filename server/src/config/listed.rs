//! Which settings exist, and how lists are written.

use serde::{Deserialize, Deserializer, de::Error};

/// Every setting, as spelled in `starfront.toml`.
pub(super) const SETTINGS: &[&str] = &[
    "bot_token",
    "telegram_api",
    "database_url",
    "files",
    "public_url",
    "owners",
    "updates",
    "log",
    "init_data_max_age_seconds",
    "session_seconds",
    "reconcile_seconds",
    "subscription_seconds",
    "processes",
    "clock",
];

/// Starts of variables that are no settings: the name of the file, and what the sandbox and the
/// project's own tasks are told.
const NO_SETTINGS: &[&str] = &[
    "STARFRONT_CONFIG",
    "STARFRONT_BIN",
    "STARFRONT_SANDBOX_",
    "STARFRONT_TEST_",
    "STARFRONT_E2E_",
];

/// Whether a variable with our prefix that is no setting means something.
pub(super) fn is_known_variable(name: &str) -> bool {
    NO_SETTINGS.iter().any(|start| name.starts_with(start))
}

/// User ids: a list in the file, comma-separated in a variable, or a single number.
pub(super) fn user_ids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(i64),
        Many(Vec<i64>),
        Text(String),
    }
    let wrong = || D::Error::custom("a list of Telegram user ids, such as [123456789]");
    match Written::deserialize(from).map_err(|_| wrong())? {
        Written::One(id) => Ok(vec![id]),
        Written::Many(ids) => Ok(ids),
        Written::Text(text) => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().map_err(|_| wrong()))
            .collect(),
    }
}
