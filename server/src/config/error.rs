//! What can be wrong with the settings, in sentences.

use std::path::PathBuf;

/// Why the settings cannot be used. Each names the setting and says what is right.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// `STARFRONT_CONFIG` names a file that is not there.
    #[error("the configuration file {0} named by STARFRONT_CONFIG does not exist")]
    FileMissing(PathBuf),
    /// A setting or variable that does not exist.
    #[error("unknown setting {name}: {hint}")]
    Unknown {
        /// As written.
        name: String,
        /// What to do.
        hint: String,
    },
    /// A setting whose value is of the wrong kind.
    #[error("the setting {setting} is wrong: it must be {right}")]
    Wrong {
        /// Its name.
        setting: String,
        /// What is right.
        right: String,
    },
    /// A setting that has no default and was not given.
    #[error("the setting {setting} is missing: {right}")]
    Missing {
        /// Its name.
        setting: &'static str,
        /// What to do.
        right: &'static str,
    },
    /// The file cannot be read as TOML.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(String),
}

impl ConfigError {
    pub(super) fn wrong(setting: &str, right: &str) -> Self {
        Self::Wrong {
            setting: setting.to_owned(),
            right: right.to_owned(),
        }
    }

    pub(super) fn unknown(name: &str) -> Self {
        let hint = "starfront.example.toml lists all settings".to_owned();
        Self::Unknown {
            name: name.to_owned(),
            hint,
        }
    }

    /// Values are left out on purpose: one of them may be the token.
    pub(super) fn from_figment(error: figment::Error) -> Self {
        use figment::error::Kind;
        let setting = error.path.last().cloned().unwrap_or_default();
        match &error.kind {
            Kind::UnknownField(name, _) => Self::unknown(name),
            Kind::InvalidType(_, right) | Kind::InvalidValue(_, right) => {
                Self::wrong(&setting, right)
            }
            Kind::UnknownVariant(_, right) => Self::wrong(&setting, &right.join(" or ")),
            Kind::Message(right) => Self::wrong(&setting, right),
            other => Self::Unreadable(other.to_string()),
        }
    }
}
