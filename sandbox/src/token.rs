//! A bot token: `<digits>:<text>`.

use crate::api_error::ApiError;
use crate::limits::TOKEN_CHARS;
use serde::{Deserialize, Serialize};

/// A well-formed bot token. Its digits are the bot's user id.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token {
    text: String,
    bot_id: i64,
}

/// Tokens never appear in logs: only the bot's id does.
impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Token({}:…)", self.bot_id)
    }
}

impl TryFrom<String> for Token {
    type Error = ApiError;

    fn try_from(text: String) -> Result<Self, ApiError> {
        Self::parse(&text)
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.text
    }
}

impl Token {
    /// Reads a token.
    ///
    /// # Errors
    /// 401 when it is not of the form `<digits>:<text>`.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        // source: tdlib/telegram-bot-api ClientManager.cpp `send`
        let malformed = text.starts_with('0') || text.len() > TOKEN_CHARS || text.contains('/');
        let (digits, secret) = text.split_once(':').ok_or_else(ApiError::unauthorized)?;
        if malformed || secret.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ApiError::unauthorized());
        }
        let bot_id: i64 = digits.parse().map_err(|_| ApiError::unauthorized())?;
        if bot_id <= 0 || bot_id >= 1 << 54 {
            return Err(ApiError::unauthorized());
        }
        Ok(Self {
            text: text.to_owned(),
            bot_id,
        })
    }

    /// The bot's user id.
    #[must_use]
    pub fn bot_id(&self) -> i64 {
        self.bot_id
    }

    /// The whole token, for signing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_colon_text_is_a_token() {
        assert_eq!(Token::parse("42:TEST").unwrap().bot_id(), 42);
        for wrong in [
            "",
            "42",
            "42:",
            "a:b",
            "042:x",
            "-4:x",
            "4/2:x",
            "18014398509481984:x",
        ] {
            assert_eq!(Token::parse(wrong).unwrap_err().code, 401, "{wrong}");
        }
    }

    #[test]
    fn debug_hides_the_secret() {
        assert!(!format!("{:?}", Token::parse("42:SECRET").unwrap()).contains("SECRET"));
    }
}
