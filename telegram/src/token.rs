//! The bot token: parsed once, never printed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::limits;

/// A bot token as @BotFather gives it: `<bot id>:<secret>`.
///
/// Its text can be read only inside this crate; `Debug` and `Display` show the bot id alone, and
/// the memory is wiped on drop.
///
/// ```
/// let token = telegram::BotToken::parse("42:TEST")?;
/// assert_eq!(token.bot_id(), 42);
/// assert_eq!(token.to_string(), "42:***");
/// # Ok::<(), telegram::TokenError>(())
/// ```
#[derive(Clone)]
pub struct BotToken {
    bot_id: i64,
    whole: SecretString,
}

/// Why a text is not a bot token. It never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing was given.
    #[error("the bot token is empty; @BotFather shows it after /newbot or /token")]
    Empty,
    /// No colon between bot id and secret.
    #[error("the bot token has no colon; a token looks like 123456:ABC-DEF, copy it whole")]
    NoColon,
    /// The part before the colon is not a positive number.
    #[error("the bot token must start with the bot's number, as in 123456:ABC-DEF")]
    BadBotId,
    /// The part after the colon is empty or has a character that tokens never have.
    #[error(
        "the part of the bot token after the colon may hold only letters, digits, - and _, \
         and must not be empty"
    )]
    BadSecret,
    /// Longer than any token.
    #[error("the bot token is too long to be one; check what was copied")]
    TooLong,
}

impl TokenError {
    /// A stable code for programs and documentation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "token_empty",
            Self::NoColon => "token_no_colon",
            Self::BadBotId => "token_bad_bot_id",
            Self::BadSecret => "token_bad_secret",
            Self::TooLong => "token_too_long",
        }
    }
}

impl BotToken {
    /// Reads a token; spaces and line ends around it are ignored.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the text cannot be a token. Whether Telegram knows the bot is only
    /// found out by a call.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TokenError::Empty);
        }
        if text.len() > limits::TOKEN_BYTES {
            return Err(TokenError::TooLong);
        }
        let (bot_id, secret) = text.split_once(':').ok_or(TokenError::NoColon)?;
        // The token becomes a piece of a path, so nothing that means something in a path passes.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if secret.is_empty() || !secret.bytes().all(plain) {
            return Err(TokenError::BadSecret);
        }
        if !bot_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(TokenError::BadBotId);
        }
        match bot_id.parse::<i64>() {
            Ok(bot_id) if bot_id > 0 => Ok(Self {
                bot_id,
                whole: SecretString::from(text),
            }),
            _ => Err(TokenError::BadBotId),
        }
    }

    /// The bot's own user id: the number before the colon. Not secret.
    pub fn bot_id(&self) -> i64 {
        self.bot_id
    }

    /// The whole token. Callers must not let it reach an error or a log.
    pub(crate) fn expose(&self) -> &str {
        self.whole.expose_secret()
    }

    /// Replaces the token, and its secret half alone, in a text that came from outside.
    pub(crate) fn redact(&self, text: &str) -> String {
        let whole = self.expose();
        let hidden = text.replace(whole, "<token>");
        match whole.split_once(':') {
            // A secret of a few letters would also blot out ordinary words.
            Some((_, secret)) if secret.len() >= 8 => hidden.replace(secret, "<token>"),
            _ => hidden,
        }
    }
}

impl fmt::Debug for BotToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BotToken({self})")
    }
}

impl fmt::Display for BotToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:***", self.bot_id)
    }
}

impl std::str::FromStr for BotToken {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tokens_and_ignores_space_around_them() {
        let token = BotToken::parse(" 123456:ABC-def_9\n").unwrap();
        assert_eq!(token.bot_id(), 123_456);
        assert_eq!(token.expose(), "123456:ABC-def_9");
    }

    #[test]
    fn names_what_is_wrong() {
        let cases = [
            ("", TokenError::Empty),
            ("  ", TokenError::Empty),
            ("123456", TokenError::NoColon),
            (":abc", TokenError::BadBotId),
            ("0:abc", TokenError::BadBotId),
            ("-5:abc", TokenError::BadBotId),
            ("+5:abc", TokenError::BadBotId),
            ("99999999999999999999:abc", TokenError::BadBotId),
            ("12:", TokenError::BadSecret),
            ("12:a/b", TokenError::BadSecret),
            ("12:a:b", TokenError::BadSecret),
            ("12:a b", TokenError::BadSecret),
        ];
        for (text, error) in cases {
            assert_eq!(BotToken::parse(text).unwrap_err(), error, "{text:?}");
        }
        let long = format!("1:{}", "a".repeat(limits::TOKEN_BYTES));
        assert_eq!(BotToken::parse(&long).unwrap_err(), TokenError::TooLong);
    }

    #[test]
    fn never_prints_the_secret() {
        let token = BotToken::parse("42:TOPSECRETTEXT").unwrap();
        for shown in [
            format!("{token}"),
            format!("{token:?}"),
            format!("{token:#?}"),
        ] {
            assert!(!shown.contains("TOPSECRETTEXT"), "{shown}");
            assert!(shown.contains("42"), "{shown}");
        }
    }

    #[test]
    fn redacts_the_token_and_its_secret_half() {
        let token = BotToken::parse("42:TOPSECRETTEXT").unwrap();
        let shown = token.redact("no /bot42:TOPSECRETTEXT/getMe, and TOPSECRETTEXT neither");
        assert_eq!(shown, "no /bot<token>/getMe, and <token> neither");
    }
}
