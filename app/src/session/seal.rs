//! A message authentication code over a purpose and a claim.

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Seals claims with one key. Its `Debug` shows nothing of the key.
#[derive(Clone)]
pub(super) struct Seal([u8; 32]);

impl Seal {
    pub(super) const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The seal, 64 hex digits.
    pub(super) fn of(&self, purpose: &str, claim: &str) -> String {
        self.mac(purpose, claim)
            .map(|mac| hex::encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Whether a seal is the one for this purpose and claim, compared in constant time.
    pub(super) fn holds(&self, purpose: &str, claim: &str, seal: &str) -> bool {
        let mut bytes = [0; 32];
        hex::decode_to_slice(seal, &mut bytes).is_ok()
            && self
                .mac(purpose, claim)
                .is_some_and(|mac| mac.verify_slice(&bytes).is_ok())
    }

    /// The purpose holds no line break, so purpose and claim cannot be shifted into one another.
    fn mac(&self, purpose: &str, claim: &str) -> Option<Hmac<Sha256>> {
        // HMAC takes keys of any length, so there is always one.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac.update(claim.as_bytes());
        Some(mac)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}
