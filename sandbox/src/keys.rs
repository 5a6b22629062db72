//! The key pair that stands in for Telegram's: it signs initData for parties
//! that do not hold the bot token.

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

/// An Ed25519 key pair. It is the same in every sandbox, so that its public
/// half can be written into a configuration; it protects nothing.
#[derive(Debug)]
pub struct Keys {
    signing: SigningKey,
}

/// Text whose digest is the private key.
const SEED_TEXT: &[u8] = b"starfront sandbox: initData signing key";

impl Default for Keys {
    fn default() -> Self {
        Self {
            signing: SigningKey::from_bytes(&Sha256::digest(SEED_TEXT).into()),
        }
    }
}

impl Keys {
    /// The public key, hexadecimal.
    #[must_use]
    pub fn public_hex(&self) -> String {
        hex::encode(self.signing.verifying_key().as_bytes())
    }

    /// Signs a message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
}
