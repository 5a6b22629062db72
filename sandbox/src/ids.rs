//! Identifiers that look like Telegram's, from one seeded source of randomness.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

/// The sandbox's source of identifiers; the same seed gives the same ones.
#[derive(Debug)]
pub struct Ids {
    rng: StdRng,
    next_user: i64,
}

/// The first user's id; later ones count up.
const FIRST_USER_ID: i64 = 100_001;

impl Ids {
    /// Starts from `seed`, or from the system's randomness.
    #[must_use]
    pub fn new(seed: Option<u64>) -> Self {
        let rng = seed.map_or_else(StdRng::from_os_rng, StdRng::seed_from_u64);
        Self {
            rng,
            next_user: FIRST_USER_ID,
        }
    }

    /// The next user's id.
    pub fn user(&mut self) -> i64 {
        let id = self.next_user;
        self.next_user += 1;
        id
    }

    /// A positive 63-bit number: queries, chat instances.
    pub fn number(&mut self) -> i64 {
        self.rng.random_range(1..i64::MAX)
    }

    /// A number in `range`, for delays and first update ids.
    pub fn between(&mut self, range: std::ops::RangeInclusive<i64>) -> i64 {
        self.rng.random_range(range)
    }

    /// `bytes` random bytes in base64url: slugs, file and charge ids.
    pub fn text(&mut self, bytes: usize) -> String {
        let mut buffer = vec![0; bytes];
        self.rng.fill_bytes(&mut buffer);
        URL_SAFE_NO_PAD.encode(buffer)
    }
}
