//! The one place where the server reads the time.
//!
//! It is the machine's time, unless the settings say that a sandbox stands in for Telegram and its
//! clock is to hold: then the two differ by an offset that is looked up again and again, and a
//! month that passes there in a second passes here too, through the same code.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::Deserialize;
use shop::domain::UnixSeconds;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::limits::{CLOCK_JITTER_MS, CLOCK_LOOK_EVERY, CLOCK_LOOK_PATIENCE};

/// How far the sandbox is ahead of this machine, in milliseconds.
static AHEAD_MS: AtomicI64 = AtomicI64::new(0);

/// Wakes whoever sleeps when the sandbox's clock has jumped.
static JUMPED: Notify = Notify::const_new();

/// Now, in seconds since 1970.
pub(crate) fn now() -> UnixSeconds {
    UnixSeconds(system_ms().saturating_add(AHEAD_MS.load(Ordering::Relaxed)) / 1000)
}

/// Sleeps for so long, or until the clock jumps: what was due later may be due now.
pub(crate) async fn sleep(duration: Duration) {
    tokio::select! {
        () = tokio::time::sleep(duration) => {}
        () = JUMPED.notified() => {}
    }
}

/// Where the sandbox shows its time, and how to ask. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SandboxClock {
    http: reqwest::Client,
    url: String,
}

impl SandboxClock {
    /// The clock of the sandbox at this base address.
    pub(crate) fn new(base: &str) -> reqwest::Result<Self> {
        // The binary has one TLS provider; installing it again is an error that means nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(CLOCK_LOOK_PATIENCE);
        Ok(Self {
            // A sandbox is on this machine or near: no proxy, no certificates.
            http: http.no_proxy().tls_certs_only([]).build()?,
            url: format!("{base}/api/time"),
        })
    }

    /// Looks at it once. While it cannot be read, the time goes on as before.
    pub(crate) async fn look(&self) -> reqwest::Result<()> {
        let answer = self.http.get(&self.url).send().await?;
        let shown: Shown = answer.error_for_status()?.json().await?;
        let ahead = shown.now_ms.saturating_sub(system_ms());
        let before = AHEAD_MS.swap(ahead, Ordering::Relaxed);
        if ahead.abs_diff(before) > CLOCK_JITTER_MS.unsigned_abs() {
            JUMPED.notify_waiters();
        }
        Ok(())
    }

    /// Keeps looking until told to stop.
    pub(crate) async fn follow(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.look().await {
                tracing::debug!(%error, "the sandbox's clock cannot be read");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(CLOCK_LOOK_EVERY) => {}
            }
        }
    }
}

/// What the sandbox says.
#[derive(Deserialize)]
struct Shown {
    now_ms: i64,
}

fn system_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
