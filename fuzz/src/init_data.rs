//! Launch data: what is not signed never passes, what is signed always passes.

use telegram::BotToken;
use telegram::init_data::{
    AgeLimits, InitDataError, PublicKey, check_ed25519, check_hmac, sign_hmac,
};

const ISSUED: &str = "1650385342";
const NOW: i64 = 1_650_385_342;

/// Checks it raw, and signed in several ways.
pub(crate) fn holds(raw: &str) {
    let Ok(token) = BotToken::parse("42:only-the-fuzzer-knows-this") else {
        unreachable!("the token is well-formed")
    };
    let ages = AgeLimits::SESSION;
    // As it comes: nobody but the holder of the keys can make it pass.
    assert!(check_hmac(raw, &token, NOW, &ages).is_err());
    assert!(check_ed25519(raw, 42, &PublicKey::PRODUCTION, NOW, &ages).is_err());

    // As genuine data with this text in a field: the check passes, reading may complain.
    for name in ["user", "chat", "can_send_after", "start_param"] {
        match sign_hmac(&[("auth_date", ISSUED), (name, raw)], &token) {
            Ok(signed) => reads(check_hmac(&signed, &token, NOW, &ages)),
            Err(error) => assert_eq!(error.code(), "init_data_too_long"),
        }
    }

    // As a list of pairs, one a line: what can be signed passes its own check.
    let pairs: Vec<(&str, &str)> = raw
        .lines()
        .filter_map(|line| line.split_once('='))
        .collect();
    if let Ok(signed) = sign_hmac(&pairs, &token) {
        match check_hmac(&signed, &token, NOW, &ages) {
            Ok(checked) => drop(checked.parse()),
            Err(error) => assert_ne!(error, InitDataError::HashMismatch, "{signed}"),
        }
    }
}

fn reads(checked: Result<telegram::init_data::CheckedInitData, InitDataError>) {
    match checked.map(|checked| checked.parse()) {
        Ok(Ok(data)) => assert_eq!(data.auth_date, NOW),
        Ok(Err(error)) => assert_eq!(error.code(), "init_data_unreadable"),
        // The field grows by its escapes and by the hash.
        Err(error) => assert_eq!(error.code(), "init_data_too_long"),
    }
}
