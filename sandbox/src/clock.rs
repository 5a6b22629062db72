//! The sandbox's only clock: real time plus an offset that can be advanced, or a
//! still clock that only jumps.
//!
//! Dates, deadlines and retries all ask it, so that a month can pass in one
//! call. Only the network keeps real time, since the bots at its other end are real.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// A clock that runs with real time, or stands still, and jumps forward on demand.
#[derive(Debug)]
pub struct Clock {
    still_ms: Option<i64>,
    offset_ms: AtomicI64,
    jumps: watch::Sender<i64>,
}

/// What a clock is made of, to be kept in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClockSetting {
    /// Where a still clock stands before jumps, milliseconds since 1970; a running
    /// clock has none.
    pub still_ms: Option<i64>,
    /// All jumps so far, milliseconds.
    pub offset_ms: i64,
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(ClockSetting::default())
    }
}

impl Clock {
    /// A clock as it was set.
    #[must_use]
    pub fn new(setting: ClockSetting) -> Self {
        Self {
            still_ms: setting.still_ms,
            offset_ms: AtomicI64::new(setting.offset_ms),
            jumps: watch::Sender::new(0),
        }
    }

    /// What would make the same clock again.
    #[must_use]
    pub fn setting(&self) -> ClockSetting {
        ClockSetting {
            still_ms: self.still_ms,
            offset_ms: self.offset_ms.load(Ordering::SeqCst),
        }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        let base_ms = self.still_ms.unwrap_or_else(|| {
            let real = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            i64::try_from(real.as_millis()).unwrap_or(i64::MAX)
        });
        base_ms.saturating_add(self.offset_ms.load(Ordering::SeqCst))
    }

    /// Seconds since 1970, as Telegram writes dates.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now_ms() / 1000
    }

    /// Whether time passes only by jumps.
    #[must_use]
    pub fn is_still(&self) -> bool {
        self.still_ms.is_some()
    }

    /// How far the clock has jumped ahead, seconds.
    #[must_use]
    pub fn offset_seconds(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst) / 1000
    }

    /// Moves the clock forward and wakes whoever sleeps on it. The way to do it in
    /// order, with all that is due on the way, is [`crate::jump::advance`].
    pub fn skip(&self, step_ms: i64) {
        let step_ms = step_ms.max(0);
        let before = self.offset_ms.fetch_add(step_ms, Ordering::SeqCst);
        self.jumps.send_replace(before.saturating_add(step_ms));
    }

    /// Returns when the clock shows `deadline_ms`, by waiting or by a jump.
    pub async fn sleep_until(&self, deadline_ms: i64) {
        let mut jumps = self.jumps.subscribe();
        loop {
            let left = deadline_ms.saturating_sub(self.now_ms());
            if left <= 0 {
                return;
            }
            if self.is_still() {
                let _ = jumps.changed().await;
                continue;
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
        for still_ms in [None, Some(1_000)] {
            let setting = ClockSetting {
                still_ms,
                offset_ms: 0,
            };
            let clock = std::sync::Arc::new(Clock::new(setting));
            let deadline = clock.now_ms() + 3_600_000;
            let sleeper = tokio::spawn({
                let clock = clock.clone();
                async move { clock.sleep_until(deadline).await }
            });
            tokio::task::yield_now().await;
            clock.skip(3_600_000);
            tokio::time::timeout(Duration::from_secs(2), sleeper)
                .await
                .unwrap()
                .unwrap();
            assert!(clock.now_ms() >= deadline);
        }
    }

    #[tokio::test]
    async fn a_still_clock_only_jumps() {
        let clock = Clock::new(ClockSetting {
            still_ms: Some(5_000),
            offset_ms: 0,
        });
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert_eq!(clock.now_ms(), 5_000);
        clock.skip(1_500);
        assert_eq!((clock.now_ms(), clock.now()), (6_500, 6));
        assert_eq!(Clock::new(clock.setting()).now_ms(), 6_500);
    }
}
