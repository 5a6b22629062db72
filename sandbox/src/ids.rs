//! Identifiers that look like Telegram's, from one seed.
//!
//! Each draw is a function of the seed and of how many were drawn before, so that
//! a world that was put away continues where it stopped.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The sandbox's source of identifiers; the same seed gives the same ones.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ids {
    seed: u64,
    drawn: u64,
    next_user: i64,
}

/// The first user's id; later ones count up.
const FIRST_USER_ID: i64 = 100_001;

impl Ids {
    /// Starts from `seed`, or from the system's randomness.
    #[must_use]
    pub fn new(seed: Option<u64>) -> Self {
        Self {
            seed: seed.unwrap_or_else(|| rand::rng().random()),
            drawn: 0,
            next_user: FIRST_USER_ID,
        }
    }

    /// What the identifiers come from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The next user's id.
    pub fn user(&mut self) -> i64 {
        let id = self.next_user;
        self.next_user += 1;
        id
    }

    /// A positive 63-bit number: queries, chat instances.
    pub fn number(&mut self) -> i64 {
        self.draw().random_range(1..i64::MAX)
    }

    /// A number in `range`, for delays and first update ids.
    pub fn between(&mut self, range: std::ops::RangeInclusive<i64>) -> i64 {
        self.draw().random_range(range)
    }

    /// `bytes` random bytes in base64url: slugs, file and charge ids.
    pub fn text(&mut self, bytes: usize) -> String {
        let mut buffer = vec![0; bytes];
        self.draw().fill_bytes(&mut buffer);
        URL_SAFE_NO_PAD.encode(buffer)
    }

    /// Randomness of its own for the next draw.
    fn draw(&mut self) -> StdRng {
        let mut seed = Sha256::new();
        seed.update(self.seed.to_le_bytes());
        seed.update(self.drawn.to_le_bytes());
        self.drawn += 1;
        StdRng::from_seed(seed.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_again_even_after_a_pause() {
        let mut first = Ids::new(Some(7));
        let mut second = Ids::new(Some(7));
        assert_eq!(first.text(8), second.text(8));
        let kept = serde_json::to_string(&first).unwrap();
        let mut third: Ids = serde_json::from_str(&kept).unwrap();
        assert_eq!(third.text(8), second.text(8));
        assert_ne!(first.text(8), first.text(8));
    }
}
