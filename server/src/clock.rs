//! The one place where the server reads the time.

use std::time::{SystemTime, UNIX_EPOCH};

use shop::domain::UnixSeconds;

/// Now, in seconds since 1970.
pub(crate) fn now() -> UnixSeconds {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    UnixSeconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
