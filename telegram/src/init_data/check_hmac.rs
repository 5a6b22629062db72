//! The check with the bot token: HMAC-SHA256.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::pairs::Pairs;
use super::{AgeLimits, CheckedInitData, InitDataError};
use crate::BotToken;

type HmacSha256 = Hmac<Sha256>;
/// A SHA-256 sum.
type Sum = [u8; 32];

/// Checks initData against the token of the bot that opened the app.
///
/// `raw` must be the bytes that the client sent, untouched. The order of checks is: shape, hash
/// (in constant time), age; so an error about age means that the data is genuine.
///
/// # Errors
///
/// Any [`InitDataError`] except those about `signature`, which stays part of the signed text here.
pub fn check_hmac(
    raw: &str,
    token: &BotToken,
    now_unix_seconds: i64,
    ages: &AgeLimits,
) -> Result<CheckedInitData, InitDataError> {
    let pairs = Pairs::read(raw)?;
    let claimed = read_hash(pairs.get("hash").ok_or(InitDataError::MissingHash)?)?;
    let expected = sum_of(&pairs, token.expose().as_bytes());
    if !bool::from(expected.ct_eq(&claimed)) {
        return Err(InitDataError::HashMismatch);
    }
    let auth_date = pairs.auth_date()?;
    ages.check(auth_date, now_unix_seconds)?;
    Ok(CheckedInitData::new(auth_date, pairs))
}

/// The sum that Telegram would put into `hash`: everything but `hash` itself is signed.
pub(super) fn sum_of(pairs: &Pairs<'_>, token: &[u8]) -> Sum {
    let mut mac = keyed(&secret_key(token));
    pairs.each_line(&["hash"], |part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// The first of the two HMACs. The constant is the key and the token the message: the
/// documentation is easily read the other way round.
fn secret_key(token: &[u8]) -> Sum {
    keyed(b"WebAppData")
        .chain_update(token)
        .finalize()
        .into_bytes()
        .into()
}

fn keyed(key: &[u8]) -> HmacSha256 {
    // HMAC takes keys of any length, so the error cannot happen; an empty key would only make
    // the check fail.
    <HmacSha256 as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| HmacSha256::new(&Default::default()))
}

/// Reads 64 lower-case digits. Upper case is refused so that each hash has one spelling.
fn read_hash(text: &[u8]) -> Result<Sum, InitDataError> {
    if text.iter().any(u8::is_ascii_uppercase) {
        return Err(InitDataError::BadHash);
    }
    let mut sum = Sum::default();
    hex::decode_to_slice(text, &mut sum).map_err(|_| InitDataError::BadHash)?;
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_steps_match_known_sums() {
        let secret = secret_key(b"my-secret-token");
        assert_eq!(
            hex::encode(secret),
            "fe37f490481d351837ed49f3b369c886c61013d6d036656fc3c9c92e163e3477"
        );
        let sum = keyed(&secret).chain_update(b"abc").finalize().into_bytes();
        assert_eq!(
            hex::encode(sum),
            "6ecc2e9b51f30dde6877ce374ede54eb626c84e78a5d9a9dcac54d2d248f6bde"
        );
    }

    #[test]
    fn a_hash_has_one_spelling() {
        let good = "46d2ea5e32911ec8d30999b56247654460c0d20949b6277af519e76271182803";
        assert!(read_hash(good.as_bytes()).is_ok());
        let spoilt = [
            good.to_uppercase(),
            good[1..].to_owned(),
            format!("{good}00"),
            String::new(),
        ];
        for text in spoilt {
            assert_eq!(
                read_hash(text.as_bytes()),
                Err(InitDataError::BadHash),
                "{text}"
            );
        }
    }
}
