//! What can go wrong with a call, in kinds that ask for different deeds.

use crate::LimitError;

/// Why a call failed. Never holds the token, the address of the request, or what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// Too many calls (429). Wait, then try again.
    #[error("Telegram asks to wait {seconds} s before the next call")]
    RetryAfter {
        /// How long to wait, at least 1.
        seconds: u64,
    },
    /// The user cannot be written to (403): blocked the bot, is gone, or never started it.
    #[error("the bot cannot write to this user: {description}")]
    Blocked {
        /// Telegram's words.
        description: String,
    },
    /// The bot may not do this (403).
    #[error("Telegram forbids this: {description}")]
    Forbidden {
        /// Telegram's words.
        description: String,
    },
    /// The chat does not exist for this bot.
    #[error("the chat is not known to this bot; the user has to start the bot first")]
    ChatNotFound,
    /// The group has become a supergroup with another id.
    #[error("the group has a new chat id: {chat_id}")]
    ChatMigrated {
        /// The new id.
        chat_id: i64,
    },
    /// The answer came too late, or the query never existed. No money has moved.
    #[error("the query was answered too late, or is not one of this bot's")]
    QueryTooOld,
    /// The charge was given back before, which is what was wanted.
    #[error("this charge was refunded already")]
    ChargeAlreadyRefunded,
    /// Telegram does not take the token (401).
    #[error(
        "Telegram does not take the bot token: it was mistyped, or revoked in @BotFather; \
         get the present one there by /token"
    )]
    Unauthorized,
    /// Updates are fetched in two ways at once (409).
    #[error("updates are fetched elsewhere too: {description}")]
    Conflict {
        /// Telegram's words: a webhook is set, or another instance is running.
        description: String,
    },
    /// There is no such method (404), or the base address leads elsewhere.
    #[error("no Bot API method answers at this address: {description}")]
    NotFound {
        /// Telegram's words.
        description: String,
    },
    /// The file is larger than the server takes (413).
    #[error("the upload is larger than Telegram takes")]
    TooLarge,
    /// Anything else that Telegram refuses (400).
    #[error("Telegram refuses the call: {description}")]
    BadRequest {
        /// Telegram's words.
        description: String,
    },
    /// Telegram has trouble of its own (5xx).
    #[error("Telegram has trouble of its own (status {status})")]
    Server {
        /// HTTP status.
        status: u16,
    },
    /// No answer in time. The call may have been carried out.
    #[error("Telegram did not answer in time")]
    Timeout,
    /// The connection failed. The call may have been carried out.
    #[error("the connection to Telegram failed: {problem}")]
    Network {
        /// What happened, without addresses.
        problem: String,
    },
    /// The answer is not what the Bot API promises. The call may have been carried out.
    #[error("the answer cannot be read (status {status}): {problem}")]
    Malformed {
        /// HTTP status.
        status: u16,
        /// What was expected, without the answer itself.
        problem: String,
    },
    /// Something else than the Bot API answered: a proxy on the way, or a server that is not ready.
    #[error("something that is not the Bot API answered (status {status})")]
    NotTelegram {
        /// HTTP status.
        status: u16,
    },
    /// The call breaks a rule of Telegram and was not made.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The base address is unusable.
    #[error("the Telegram API address is unusable: {problem}")]
    BadBase {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The HTTP client could not be built.
    #[error("no connection to Telegram can be set up: {problem}")]
    Setup {
        /// What happened; on Linux often that `ca-certificates` is not installed.
        problem: String,
    },
}

impl ApiError {
    /// A stable code for programs and documentation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RetryAfter { .. } => "retry_after",
            Self::Blocked { .. } => "blocked",
            Self::Forbidden { .. } => "forbidden",
            Self::ChatNotFound => "chat_not_found",
            Self::ChatMigrated { .. } => "chat_migrated",
            Self::QueryTooOld => "query_too_old",
            Self::ChargeAlreadyRefunded => "charge_already_refunded",
            Self::Unauthorized => "unauthorized",
            Self::Conflict { .. } => "conflict",
            Self::NotFound { .. } => "method_not_found",
            Self::TooLarge => "too_large",
            Self::BadRequest { .. } => "bad_request",
            Self::Server { .. } => "server",
            Self::Timeout => "timeout",
            Self::Network { .. } => "network",
            Self::Malformed { .. } => "malformed",
            Self::NotTelegram { .. } => "not_telegram",
            Self::Limit(error) => error.code(),
            Self::BadBase { .. } => "bad_base",
            Self::Setup { .. } => "setup",
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::RetryAfter { .. } | Self::Server { .. } | Self::Timeout | Self::Network { .. }
        )
    }

    /// Whether it is about the way to Telegram, and not about the call: the token, the address, what
    /// lies in between, or another instance of the bot. Any other call would fail alike until
    /// somebody mends it.
    pub fn is_of_the_way(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized
                | Self::NotFound { .. }
                | Self::Conflict { .. }
                | Self::NotTelegram { .. }
        )
    }

    /// Whether Telegram may have carried the call out although it failed here. For calls without
    /// a key against repetition, such as sending a message, trying again may then double it.
    pub fn may_have_happened(&self) -> bool {
        matches!(
            self,
            Self::Server { .. }
                | Self::Timeout
                | Self::Network { .. }
                | Self::Malformed { .. }
                | Self::NotTelegram { .. }
        )
    }

    /// Whether the person cannot be reached, now and until they do something.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Blocked { .. } | Self::ChatNotFound)
    }
}
