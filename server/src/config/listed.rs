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
];

/// Variables with our prefix that are no settings: the name of the file, and what the project's
/// own tasks hand to tests.
pub(super) const OWN_VARIABLES: &[&str] = &[
    "STARFRONT_CONFIG",
    "STARFRONT_TEST_POSTGRES_URL",
    "STARFRONT_BIN",
    "STARFRONT_SANDBOX_BIN",
    "STARFRONT_E2E_KEEP",
];

/// User ids: a list in the file, comma-separated in a variable, or a single number.
pub(super) fn user_ids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(i64),
        Many(Vec<i64>),
        Text(String),
    }
    match Written::deserialize(from)? {
        Written::One(id) => Ok(vec![id]),
        Written::Many(ids) => Ok(ids),
        Written::Text(text) => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                part.parse()
                    .map_err(|_| D::Error::custom(format!("{part:?} is no user id")))
            })
            .collect(),
    }
}
