//! How old, and how far ahead of our clock, initData may be.

use super::InitDataError;
use crate::limits;

/// Age limits, both ways, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeLimits {
    /// Largest `now - auth_date`. Older data is [`InitDataError::Expired`].
    pub max_age_seconds: i64,
    /// Largest `auth_date - now`. Data from further ahead is [`InitDataError::FromTheFuture`].
    pub max_ahead_seconds: i64,
}

impl AgeLimits {
    /// For opening a session: an hour old, five minutes ahead.
    pub const SESSION: Self = Self {
        max_age_seconds: limits::SESSION_MAX_AGE_SECONDS,
        max_ahead_seconds: limits::CLOCK_SKEW_SECONDS,
    };

    /// For tools: a day old, five minutes ahead.
    pub const TOOL: Self = Self::with_max_age(limits::TOOL_MAX_AGE_SECONDS);

    /// Any age up to `max_age_seconds`, five minutes ahead.
    pub const fn with_max_age(max_age_seconds: i64) -> Self {
        Self {
            max_age_seconds,
            max_ahead_seconds: limits::CLOCK_SKEW_SECONDS,
        }
    }

    /// Compares `auth_date` with the clock. Saturates, so no date can overflow it.
    pub(super) fn check(&self, auth_date: i64, now_unix_seconds: i64) -> Result<(), InitDataError> {
        let age_seconds = now_unix_seconds.saturating_sub(auth_date);
        if age_seconds > self.max_age_seconds {
            return Err(InitDataError::Expired {
                age_seconds,
                limit_seconds: self.max_age_seconds,
            });
        }
        let ahead_seconds = auth_date.saturating_sub(now_unix_seconds);
        if ahead_seconds > self.max_ahead_seconds {
            return Err(InitDataError::FromTheFuture { ahead_seconds });
        }
        Ok(())
    }
}

impl Default for AgeLimits {
    fn default() -> Self {
        Self::SESSION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: AgeLimits = AgeLimits {
        max_age_seconds: 100,
        max_ahead_seconds: 10,
    };

    #[test]
    fn both_edges_are_included() {
        assert_eq!(LIMITS.check(1_000, 1_100), Ok(()));
        assert_eq!(LIMITS.check(1_000, 990), Ok(()));
        assert_eq!(
            LIMITS.check(1_000, 1_101),
            Err(InitDataError::Expired {
                age_seconds: 101,
                limit_seconds: 100
            })
        );
        assert_eq!(
            LIMITS.check(1_000, 989),
            Err(InitDataError::FromTheFuture { ahead_seconds: 11 })
        );
    }

    #[test]
    fn extreme_dates_do_not_overflow() {
        assert!(LIMITS.check(i64::MIN, i64::MAX).is_err());
        assert!(LIMITS.check(i64::MAX, i64::MIN).is_err());
    }
}
