//! initData: the signed proof of who opened the Mini App.
//!
//! Two steps, kept apart on purpose:
//!
//! 1. **Check** the raw text, byte for byte as the client sent it: [`check_hmac`] with the bot
//!    token, or [`check_ed25519`] without it.
//! 2. **Read** it: [`CheckedInitData::parse`] turns the checked fields into [`InitData`].
//!
//! There is no way to read data that was not checked. Nothing is ever re-encoded for the check,
//! nothing is filtered by name: a field that Telegram adds tomorrow enters the check by itself.
//!
//! What is *not* mended: data encoded twice, a whole launch fragment, a missing `hash`. Each has
//! its own error that says what to change, since guessing would hide a fault in the client.
//!
//! Percent escapes are read as HTML forms write them (`+` is a space). A broken escape such as
//! `%zz` stays as it is, as in browsers; the check then fails unless it was signed so.
//!
//! ```
//! use telegram::BotToken;
//! use telegram::init_data::{AgeLimits, check_hmac};
//!
//! let token = BotToken::parse("42:TEST")?;
//! let raw = "auth_date=1650385342&user=%7B%22id%22%3A42%2C%22first_name%22%3A%22Test%22%7D\
//!            &query_id=test&hash=46d2ea5e32911ec8d30999b56247654460c0d20949b6277af519e76271182803";
//! let now_unix_seconds = 1_650_385_400;
//!
//! let checked = check_hmac(raw, &token, now_unix_seconds, &AgeLimits::default())?;
//! let data = checked.parse()?;
//! assert_eq!(data.user.map(|user| user.id), Some(42));
//!
//! let late = check_hmac(raw, &token, now_unix_seconds + 7_200, &AgeLimits::default());
//! assert_eq!(late.unwrap_err().code(), "init_data_expired");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ages;
mod check_ed25519;
mod check_hmac;
mod checked;
mod data;
mod error;
mod pairs;
mod sign;
mod user;

pub use ages::AgeLimits;
pub use check_ed25519::{PublicKey, check_ed25519};
pub use check_hmac::check_hmac;
pub use checked::CheckedInitData;
pub use data::InitData;
pub use error::InitDataError;
pub use sign::{SigningKey, sign_ed25519, sign_hmac};
pub use user::{WebAppChat, WebAppUser};
