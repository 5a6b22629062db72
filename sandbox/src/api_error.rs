//! A Bot API failure, in Telegram's shape and words.

use serde_json::{Value, json};

/// What a failed Bot API call answers; the code is also the HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{description}")]
pub struct ApiError {
    /// HTTP status and `error_code`; 0 when the connection is cut.
    pub code: u16,
    /// Text with its prefix, such as `Bad Request: chat not found`.
    pub description: String,
    /// Seconds to wait, for 429.
    pub retry_after: Option<u32>,
    /// The supergroup that a group became.
    pub migrate_to_chat_id: Option<i64>,
}

/// The result of a Bot API method.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error whose text is complete.
    pub fn new(code: u16, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            retry_after: None,
            migrate_to_chat_id: None,
        }
    }

    /// 400 with the prefix that Telegram adds.
    #[must_use]
    pub fn bad(message: &str) -> Self {
        Self::new(400, prefixed("Bad Request", message))
    }

    /// 403 with the prefix that Telegram adds.
    #[must_use]
    pub fn forbidden(message: &str) -> Self {
        Self::new(403, prefixed("Forbidden", message))
    }

    /// 401 for a token that is malformed or was revoked.
    #[must_use]
    pub fn unauthorized() -> Self {
        // source: tdlib/telegram-bot-api ClientManager.cpp
        Self::new(401, "Unauthorized: invalid token specified")
    }

    /// 404 for a method that does not exist, or that the sandbox does not have.
    #[must_use]
    pub fn method_not_found() -> Self {
        // source: tdlib/telegram-bot-api Client.cpp
        Self::new(404, "Not Found: method not found")
    }

    /// 429 with the time to wait, seconds.
    #[must_use]
    pub fn too_many(seconds: u32) -> Self {
        // source: tdlib/telegram-bot-api Query.cpp
        Self {
            code: 429,
            description: format!("Too Many Requests: retry after {seconds}"),
            retry_after: Some(seconds),
            migrate_to_chat_id: None,
        }
    }

    /// No answer at all: the connection ends in the middle of it.
    #[must_use]
    pub fn cut() -> Self {
        Self::new(0, "The sandbox cut the connection")
    }

    /// Whether the connection is to end instead of an answer.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.code == 0
    }

    /// The answer's JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut answer =
            json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let Some(seconds) = self.retry_after {
            answer["parameters"]["retry_after"] = json!(seconds);
        }
        if let Some(chat_id) = self.migrate_to_chat_id {
            answer["parameters"]["migrate_to_chat_id"] = json!(chat_id);
        }
        answer
    }
}

/// Adds a prefix and lowers the first letter, unless the text is a code such as
/// `CHARGE_ID_INVALID`. Source: tdlib/telegram-bot-api Client.cpp `fail_query_with_error`.
fn prefixed(prefix: &str, message: &str) -> String {
    if message.starts_with(prefix) {
        return message.to_owned();
    }
    let mut letters = message.chars();
    let first = letters.next().unwrap_or(' ');
    let is_code = letters
        .clone()
        .next()
        .is_some_and(|c| c == '_' || c.is_ascii_uppercase());
    if is_code {
        format!("{prefix}: {message}")
    } else {
        format!(
            "{prefix}: {}{}",
            first.to_ascii_lowercase(),
            letters.as_str()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_prefixed_as_telegram_does() {
        assert_eq!(
            ApiError::bad("Message text is empty").description,
            "Bad Request: message text is empty"
        );
        assert_eq!(
            ApiError::bad("CHARGE_ID_INVALID").description,
            "Bad Request: CHARGE_ID_INVALID"
        );
        assert_eq!(
            ApiError::bad("Bad Request: chat not found").description,
            "Bad Request: chat not found"
        );
    }

    #[test]
    fn a_429_carries_its_parameters() {
        let answer = ApiError::too_many(3).to_json();
        assert_eq!(answer["parameters"]["retry_after"], 3);
        assert_eq!(answer["description"], "Too Many Requests: retry after 3");
    }
}
