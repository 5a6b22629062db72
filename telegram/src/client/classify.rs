//! Telegram's error shape, turned into [`ApiError`].

use serde::Deserialize;

use super::ApiError;
use crate::{limits, text};

/// The failing half of an answer.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Failure {
    pub(super) error_code: Option<u16>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) parameters: Parameters,
}

/// What Telegram adds to some failures.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl Failure {
    /// Names the failure. `description` must be free of the token already.
    pub(super) fn classify(self, status: u16, retry_after_header: Option<u64>) -> ApiError {
        let code = self.error_code.unwrap_or(status);
        let description = text::truncate(&self.description, limits::ERROR_DESCRIPTION_CHARS);
        let says = |part: &str| description.contains(part);
        match code {
            429 => {
                let seconds = self
                    .parameters
                    .retry_after
                    .or(retry_after_header)
                    .unwrap_or(1);
                ApiError::RetryAfter {
                    seconds: seconds.clamp(1, limits::RETRY_AFTER_MAX_SECONDS),
                }
            }
            401 => ApiError::Unauthorized,
            403 if is_unwilling_user(&description) => ApiError::Blocked { description },
            403 => ApiError::Forbidden { description },
            404 => ApiError::NotFound { description },
            409 => ApiError::Conflict { description },
            413 => ApiError::TooLarge,
            500.. => ApiError::Server { status: code },
            400 if says("chat not found") => ApiError::ChatNotFound,
            400 if says("query is too old") => ApiError::QueryTooOld,
            400 if says("CHARGE_ALREADY_REFUNDED") => ApiError::ChargeAlreadyRefunded,
            _ => match self.parameters.migrate_to_chat_id {
                Some(chat_id) => ApiError::ChatMigrated { chat_id },
                None => ApiError::BadRequest { description },
            },
        }
    }
}

/// Whether a 403 is about a person who does not want, or cannot get, messages.
fn is_unwilling_user(description: &str) -> bool {
    [
        "bot was blocked by the user",
        "user is deactivated",
        "bot can't initiate conversation",
        "bot can't send messages to bots",
    ]
    .iter()
    .any(|part| description.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(json: &str) -> ApiError {
        let failure: Failure = serde_json::from_str(json).unwrap();
        failure.classify(400, None)
    }

    #[test]
    fn names_each_kind_of_failure() {
        let cases = [
            (400, "Bad Request: chat not found", "chat_not_found"),
            (
                400,
                "Bad Request: query is too old and response timeout expired",
                "query_too_old",
            ),
            (
                400,
                "Bad Request: CHARGE_ALREADY_REFUNDED",
                "charge_already_refunded",
            ),
            (400, "Bad Request: STARS_INVOICE_INVALID", "bad_request"),
            (401, "Unauthorized", "unauthorized"),
            (403, "Forbidden: bot was blocked by the user", "blocked"),
            (403, "Forbidden: user is deactivated", "blocked"),
            (
                403,
                "Forbidden: bot can't initiate conversation with a user",
                "blocked",
            ),
            (403, "Forbidden: not enough rights", "forbidden"),
            (404, "Not Found: method not found", "method_not_found"),
            (
                409,
                "Conflict: terminated by other getUpdates request",
                "conflict",
            ),
            (413, "Request Entity Too Large", "too_large"),
            (421, "Misdirected Request", "bad_request"),
            (429, "Too Many Requests: retry after 7", "retry_after"),
            (502, "Bad Gateway", "server"),
        ];
        for (code, description, expected) in cases {
            let json = format!(r#"{{"error_code":{code},"description":"{description}"}}"#);
            let error = classify(&json);
            assert_eq!(error.code(), expected, "{json}");
            assert_eq!(error.is_transient(), matches!(code, 429 | 500..), "{json}");
        }
        assert_eq!(
            classify(r#"{"description":"no code"}"#).code(),
            "bad_request"
        );
        let migrated = r#"{"error_code":400,"parameters":{"migrate_to_chat_id":-100123}}"#;
        assert_eq!(
            classify(migrated),
            ApiError::ChatMigrated { chat_id: -100_123 }
        );
    }

    #[test]
    fn waiting_times_are_believed_within_bounds() {
        let wait = |body: &str, header| {
            let failure: Failure = serde_json::from_str(body).unwrap();
            failure.classify(429, header)
        };
        let seconds = |seconds| ApiError::RetryAfter { seconds };
        assert_eq!(
            wait(r#"{"parameters":{"retry_after":7}}"#, Some(9)),
            seconds(7)
        );
        assert_eq!(wait("{}", Some(9)), seconds(9));
        assert_eq!(wait("{}", None), seconds(1));
        assert_eq!(
            wait(r#"{"parameters":{"retry_after":0}}"#, None),
            seconds(1)
        );
        let endless = r#"{"parameters":{"retry_after":18446744073709551615}}"#;
        assert_eq!(
            wait(endless, None),
            seconds(limits::RETRY_AFTER_MAX_SECONDS)
        );
    }

    #[test]
    fn long_descriptions_are_cut() {
        let failure = Failure {
            description: "x".repeat(5_000),
            ..Failure::default()
        };
        let ApiError::BadRequest { description } = failure.classify(400, None) else {
            panic!("not a bad request")
        };
        assert_eq!(description.chars().count(), limits::ERROR_DESCRIPTION_CHARS);
    }
}
