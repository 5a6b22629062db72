//! How long to wait before the next try.

use rand::Rng;
use shop::domain::UnixSeconds;

use crate::limits::{BACKOFF_FIRST_SECONDS, BACKOFF_MOST_SECONDS};

/// When to try again after `tries` failures: doubling, with full jitter, so that many rows which
/// failed together do not come back together.
pub(crate) fn next_try(now: UnixSeconds, tries: u32) -> UnixSeconds {
    let longest = BACKOFF_FIRST_SECONDS
        .saturating_mul(1_i64.checked_shl(tries.min(30)).unwrap_or(i64::MAX))
        .clamp(BACKOFF_FIRST_SECONDS, BACKOFF_MOST_SECONDS);
    now.plus(rand::rng().random_range(BACKOFF_FIRST_SECONDS..=longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_bounded() {
        for tries in 0..100 {
            let wait = next_try(UnixSeconds(0), tries).0;
            assert!((BACKOFF_FIRST_SECONDS..=BACKOFF_MOST_SECONDS).contains(&wait));
            assert!(tries > 3 || wait <= BACKOFF_FIRST_SECONDS << tries);
        }
    }
}
