//! The check without the bot token: Telegram's own Ed25519 signature.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};

use super::pairs::Pairs;
use super::{AgeLimits, CheckedInitData, InitDataError};

/// An Ed25519 key that initData may be signed with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Telegram's key, as published in the Mini App documentation.
    pub const PRODUCTION: Self = Self([
        0xe7, 0xbf, 0x03, 0xa2, 0xfa, 0x46, 0x02, 0xaf, 0x45, 0x80, 0x70, 0x3d, 0x88, 0xdd, 0xa5,
        0xbb, 0x59, 0xf3, 0x2e, 0xd8, 0xb0, 0x2a, 0x56, 0xc1, 0x87, 0xfe, 0x7d, 0x34, 0xca, 0xed,
        0x24, 0x2d,
    ]);
    /// The key of Telegram's test environment.
    pub const TEST: Self = Self([
        0x40, 0x05, 0x50, 0x58, 0xa4, 0xee, 0x38, 0x15, 0x6a, 0x06, 0x56, 0x2e, 0x52, 0xee, 0xce,
        0x92, 0xa7, 0x71, 0xbc, 0xd8, 0x34, 0x6a, 0x8c, 0x46, 0x15, 0xcb, 0x73, 0x76, 0xed, 0xdf,
        0x72, 0xec,
    ]);

    /// A key of another signer, such as a sandbox, from its 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key from 64 hexadecimal digits; `None` when the text is none.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// Checks initData by Telegram's signature, for an instance that holds no bot token.
///
/// `raw` must be the bytes that the client sent, untouched. Clients sign since version 8.0
/// (November 2024). Verification is strict: keys and signatures of small order are refused.
///
/// # Errors
///
/// Any [`InitDataError`] except those about `hash`, which is neither needed nor looked at here.
pub fn check_ed25519(
    raw: &str,
    bot_id: i64,
    key: &PublicKey,
    now_unix_seconds: i64,
    ages: &AgeLimits,
) -> Result<CheckedInitData, InitDataError> {
    let pairs = Pairs::read(raw)?;
    let claimed = pairs
        .get("signature")
        .ok_or(InitDataError::MissingSignature)?;
    let signature = read_signature(claimed)?;
    let key = VerifyingKey::from_bytes(&key.0).map_err(|_| InitDataError::SignatureMismatch)?;
    key.verify_strict(&signed_text(&pairs, bot_id), &signature)
        .map_err(|_| InitDataError::SignatureMismatch)?;
    let auth_date = pairs.auth_date()?;
    ages.check(auth_date, now_unix_seconds)?;
    Ok(CheckedInitData::new(auth_date, pairs))
}

/// What Telegram signs: the bot's id, then all pairs but `hash` and `signature`.
pub(super) fn signed_text(pairs: &Pairs<'_>, bot_id: i64) -> Vec<u8> {
    let mut text = format!("{bot_id}:WebAppData\n").into_bytes();
    pairs.each_line(&["hash", "signature"], |part| text.extend_from_slice(part));
    text
}

/// Reads base64url without padding; spare bits must be zero, so each signature has one spelling.
fn read_signature(text: &[u8]) -> Result<Signature, InitDataError> {
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| InitDataError::BadSignature)?;
    Signature::from_slice(&bytes).map_err(|_| InitDataError::BadSignature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_of_the_documentation() {
        assert_eq!(
            PublicKey::PRODUCTION.to_string(),
            "e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d"
        );
        assert_eq!(
            PublicKey::TEST.to_string(),
            "40055058a4ee38156a06562e52eece92a771bcd8346a8c4615cb7376eddf72ec"
        );
        assert_eq!(
            PublicKey::from_hex(&PublicKey::TEST.to_string()),
            Some(PublicKey::TEST)
        );
        assert_eq!(PublicKey::from_hex("40"), None);
    }
}
