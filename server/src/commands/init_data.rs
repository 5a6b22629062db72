//! `starfront init-data`: why launch data is, or is not, accepted.

use std::io::Read;

use telegram::{
    BotToken,
    init_data::{AgeLimits, InitDataError, check_hmac},
};

use super::{CommandError, say};
use crate::{clock::now, limits::INIT_DATA_BYTES};

/// Reads raw launch data from standard input and prints its user as JSON.
pub(super) fn run(token: &str, max_age: u32) -> Result<(), CommandError> {
    let token = BotToken::parse(token).map_err(|e| told(e.code(), &e.to_string()))?;
    let mut raw = String::new();
    std::io::stdin()
        .take(INIT_DATA_BYTES)
        .read_to_string(&mut raw)
        .map_err(|_| told("init_data_not_text", "standard input is not UTF-8 text"))?;
    let ages = AgeLimits::with_max_age(max_age.into());
    // The line's own end is not part of the data.
    let raw = raw.trim_end_matches(['\r', '\n']);
    let data = check_hmac(raw, &token, now().0, &ages).and_then(|checked| checked.parse());
    let data = data.map_err(|error: InitDataError| told(error.code(), &error.to_string()))?;
    let json = serde_json::to_string_pretty(&data.user);
    say(&json.map_err(|_| told("init_data_no_user", "the user cannot be written as JSON"))?);
    Ok(())
}

fn told(code: &str, sentence: &str) -> CommandError {
    CommandError::Told(format!("{code}: {sentence}"))
}
