//! Why the server could not start or go on, in sentences that name the setting.

use shop::store::StoreError;

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// No token in the settings.
    #[error(
        "the setting bot_token is missing: get one from @BotFather and set STARFRONT_BOT_TOKEN, \
         or run `cargo xtask run` to try the shop without one"
    )]
    NoToken,
    /// The token is none.
    #[error("the setting bot_token is wrong: {0}")]
    Token(#[from] telegram::TokenError),
    /// The Bot API client could not be made.
    #[error("the setting telegram_api cannot be used: {0}")]
    Client(#[from] telegram::ApiError),
    /// The database could not be opened.
    #[error("the setting database_url cannot be used: {0}")]
    Database(StoreError),
    /// The folder of files could not be opened.
    #[error("the setting files cannot be used: {0}")]
    Files(StoreError),
    /// Leptos.toml or a `LEPTOS_*` variable is wrong.
    #[error("Leptos.toml, or a variable LEPTOS_…, is wrong: {0}")]
    Leptos(String),
    /// The built site is missing.
    #[error(
        "the built site is not at {folder} ({why}): start in the folder that holds it, or set \
         LEPTOS_SITE_ROOT; from source, build it with `cargo xtask run` or `cargo leptos build`"
    )]
    Site {
        /// Where it should be.
        folder: String,
        /// What is missing.
        why: String,
    },
    /// The address cannot be listened on.
    #[error(
        "the address {address} cannot be used: {why}; free it, or choose another with LEPTOS_SITE_ADDR"
    )]
    Address {
        /// The address.
        address: String,
        /// The system's words.
        why: String,
    },
    /// The system refused something that it usually grants.
    #[error("the server could not run: {0}")]
    System(String),
}

impl From<StoreError> for ServeError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Files(_) => Self::Files(error),
            other => Self::Database(other),
        }
    }
}
