//! The other side: make signed initData, for tests, benchmarks and local tools.
//!
//! Nobody gains anything by this: whoever holds the bot token can sign launch data anyway.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::check_ed25519::signed_text;
use super::check_hmac::sum_of;
use super::pairs::Pairs;
use super::{InitDataError, PublicKey};
use crate::BotToken;

/// What `encodeURIComponent` leaves alone, as Telegram's clients do.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Encodes `pairs` and appends the `hash` that [`check_hmac`](super::check_hmac) expects.
///
/// # Errors
///
/// What the check would say of such pairs: no pair at all, a name twice, a line break in a name,
/// too long.
///
/// ```
/// use telegram::BotToken;
/// use telegram::init_data::{AgeLimits, check_hmac, sign_hmac};
///
/// let token = BotToken::parse("42:TEST")?;
/// let raw = sign_hmac(&[("auth_date", "1650385342"), ("start_param", "p_cats")], &token)?;
/// let checked = check_hmac(&raw, &token, 1_650_385_342, &AgeLimits::default())?;
/// assert_eq!(checked.parse()?.start_param.as_deref(), Some("p_cats"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sign_hmac(pairs: &[(&str, &str)], token: &BotToken) -> Result<String, InitDataError> {
    let mut raw = encode(pairs);
    let hash = hex::encode(sum_of(&Pairs::read(&raw)?, token.expose().as_bytes()));
    append(&mut raw, "hash", &hash);
    Ok(raw)
}

/// Encodes `pairs` and appends the `signature` that [`check_ed25519`](super::check_ed25519)
/// expects. To get both, sign here first and put the result's pairs through [`sign_hmac`].
///
/// # Errors
///
/// As [`sign_hmac`].
pub fn sign_ed25519(
    pairs: &[(&str, &str)],
    bot_id: i64,
    key: &SigningKey,
) -> Result<String, InitDataError> {
    let mut raw = encode(pairs);
    let signature = key.0.sign(&signed_text(&Pairs::read(&raw)?, bot_id));
    append(
        &mut raw,
        "signature",
        &URL_SAFE_NO_PAD.encode(signature.to_bytes()),
    );
    Ok(raw)
}

/// A private Ed25519 key of a stand-in for Telegram.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key that grows from 32 secret bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The half that checks signatures.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_bytes(self.0.verifying_key().to_bytes())
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("public_key", &self.public_key())
            .finish_non_exhaustive()
    }
}

fn encode(pairs: &[(&str, &str)]) -> String {
    let mut raw = String::new();
    for (name, value) in pairs {
        append(&mut raw, name, value);
    }
    raw
}

fn append(raw: &mut String, name: &str, value: &str) {
    if !raw.is_empty() {
        raw.push('&');
    }
    raw.extend(utf8_percent_encode(name, ESCAPED));
    raw.push('=');
    raw.extend(utf8_percent_encode(value, ESCAPED));
}
