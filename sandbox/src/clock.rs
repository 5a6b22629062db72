//! The sandbox's only clock: real time plus an offset that can be advanced.
//!
//! Dates, deadlines and retries all ask it, so that a month can pass in one
//! call. Only the network keeps real time, since the bots at its other end are real.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// A clock that runs with real time and jumps forward on demand.
#[derive(Debug)]
pub struct Clock {
    offset_ms: AtomicI64,
    jumps: watch::Sender<i64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            offset_ms: AtomicI64::new(0),
            jumps: watch::Sender::new(0),
        }
    }
}

impl Clock {
    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let real_ms = i64::try_from(real.as_millis()).unwrap_or(i64::MAX);
        real_ms.saturating_add(self.offset_ms.load(Ordering::SeqCst))
    }

    /// Seconds since 1970, as Telegram writes dates.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now_ms() / 1000
    }

    /// How far the clock is ahead of real time, seconds.
    #[must_use]
    pub fn offset_seconds(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst) / 1000
    }

    /// Moves the clock forward and wakes whoever sleeps on it.
    pub fn advance(&self, seconds: u64) {
        let step = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
        let before = self.offset_ms.fetch_add(step, Ordering::SeqCst);
        self.jumps.send_replace(before.saturating_add(step));
    }

    /// Returns when the clock shows `deadline_ms`, by waiting or by a jump.
    pub async fn sleep_until(&self, deadline_ms: i64) {
        let mut jumps = self.jumps.subscribe();
        loop {
            let left = deadline_ms.saturating_sub(self.now_ms());
            if left <= 0 {
                return;
            }
            let nap = Duration::from_millis(u64::try_from(left).unwrap_or(0));
            tokio::select! {
                () = tokio::time::sleep(nap) => {}
                _ = jumps.changed() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_jump_ends_a_long_sleep() {
        let clock = std::sync::Arc::new(Clock::default());
        let deadline = clock.now_ms() + 3_600_000;
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(deadline).await }
        });
        tokio::task::yield_now().await;
        clock.advance(3600);
        tokio::time::timeout(Duration::from_secs(2), sleeper)
            .await
            .unwrap()
            .unwrap();
        assert!(clock.now_ms() >= deadline);
    }
}
