//! What the Telegram of the tests answers when it does not do as usual.

use std::time::{Duration, Instant};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// What to answer instead of the usual.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub description: &'static str,
    pub retry_after: Option<u64>,
    pub times: u32,
}

impl Answer {
    /// Fails so often, then does as usual.
    pub fn failure(times: u32, status: u16, description: &'static str) -> Self {
        Self {
            status,
            description,
            retry_after: None,
            times,
        }
    }

    /// Hears a call and never answers it.
    pub fn silence(times: u32) -> Self {
        Self::failure(times, 0, "silence")
    }

    /// Asks once to wait.
    pub fn wait(seconds: u64) -> Self {
        let retry_after = Some(seconds);
        Self {
            retry_after,
            ..Self::failure(1, 429, "Too Many Requests: retry after")
        }
    }

    pub(super) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap();
        let mut body = json!({"ok": false, "error_code": self.status,
                              "description": self.description});
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({"retry_after": seconds});
        }
        (status, Json(body)).into_response()
    }
}

/// A method whose callers are asked to wait.
pub(super) struct Flood {
    seconds: u64,
    /// Until when, once the first was asked.
    until: Option<Instant>,
    /// How many were asked.
    pub(super) asked: usize,
}

impl Flood {
    /// Asks to wait for so many seconds.
    pub(super) fn of(seconds: u64) -> Self {
        Self {
            seconds,
            until: None,
            asked: 0,
        }
    }

    /// What one is answered who comes now; nothing when the time is over.
    pub(super) fn answer(&mut self, at: Instant) -> Option<Answer> {
        let wait = Duration::from_secs(self.seconds);
        let until = *self.until.get_or_insert(at + wait);
        (at < until).then(|| {
            self.asked += 1;
            Answer::wait(self.seconds)
        })
    }
}
