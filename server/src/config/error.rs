//! What can be wrong with the settings, in sentences.

use std::path::Path;

/// Why the settings cannot be used. Each names the setting and says what is right.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// The settings file is not there, or cannot be read.
    #[error("the settings file {file} cannot be read: {why}; STARFRONT_CONFIG names another")]
    File {
        /// Its name.
        file: String,
        /// The system's words.
        why: String,
    },
    /// The settings file is not TOML.
    #[error("the settings file is not TOML: {0}")]
    NotToml(String),
    /// A setting or variable that does not exist.
    #[error("unknown setting {0}: starfront.example.toml lists all settings")]
    Unknown(String),
    /// A setting whose value is not right.
    #[error("the setting {setting} is wrong: it must be {right}")]
    Wrong {
        /// Its name.
        setting: String,
        /// What is right.
        right: String,
    },
}

impl ConfigError {
    pub(super) fn wrong(setting: &str, right: &str) -> Self {
        Self::Wrong {
            setting: setting.to_owned(),
            right: right.to_owned(),
        }
    }

    pub(super) fn unknown(name: &str) -> Self {
        Self::Unknown(name.to_owned())
    }

    pub(super) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::File {
            file: path.display().to_string(),
            why: error.to_string(),
        }
    }

    /// Values are left out on purpose: one of them may be the token.
    pub(super) fn from_figment(error: figment::Error) -> Self {
        use figment::error::Kind;
        let setting = error.path.first().cloned().unwrap_or_default();
        match &error.kind {
            Kind::UnknownField(name, _) => Self::unknown(name),
            Kind::InvalidType(_, right) | Kind::InvalidValue(_, right) => {
                Self::wrong(&setting, right)
            }
            Kind::UnknownVariant(_, right) => Self::wrong(&setting, &right.join(" or ")),
            Kind::Message(problem) if setting.is_empty() => Self::NotToml(without_quotes(problem)),
            Kind::Message(right) => Self::wrong(&setting, right),
            other => Self::NotToml(other.to_string()),
        }
    }
}

/// The reader's complaint without the lines that it quotes.
fn without_quotes(problem: &str) -> String {
    let own_words = |line: &&str| !line.contains(" | ") && !line.trim_end().ends_with('|');
    let lines: Vec<&str> = problem.lines().filter(own_words).map(str::trim).collect();
    lines.join(", ").trim_end_matches([',', ' ']).to_owned()
}
