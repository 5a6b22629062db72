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

    /// Shortest and longest of many waits after so many failures: so many that one of each half is
    /// missing once in 2²⁵⁵ runs.
    fn spread(tries: u32) -> (i64, i64) {
        let waits = (0..256).map(|_| next_try(UnixSeconds(0), tries).0);
        waits.fold((i64::MAX, i64::MIN), |(least, most), wait| {
            (least.min(wait), most.max(wait))
        })
    }

    #[test]
    fn waits_grow_and_stay_bounded() {
        let mut longest = BACKOFF_FIRST_SECONDS;
        for tries in 0..100 {
            let (shortest, seen) = spread(tries);
            assert!(shortest >= BACKOFF_FIRST_SECONDS);
            assert!(seen <= longest, "after {tries}: {seen} of {longest}");
            assert!(2 * seen > longest, "after {tries}: {seen} of {longest}");
            longest = (2 * longest).min(BACKOFF_MOST_SECONDS);
        }
        let (_, seen) = spread(u32::MAX);
        assert!(2 * seen > BACKOFF_MOST_SECONDS && seen <= BACKOFF_MOST_SECONDS);
    }

    #[test]
    fn what_failed_together_comes_back_apart() {
        for tries in 1..100 {
            let (shortest, longest) = spread(tries);
            assert!(shortest < longest, "after {tries}: always {longest}");
            let half = (BACKOFF_FIRST_SECONDS << tries.min(30)).min(BACKOFF_MOST_SECONDS) / 2;
            assert!(
                shortest <= half.max(BACKOFF_FIRST_SECONDS),
                "after {tries}: {shortest}"
            );
        }
    }
}
