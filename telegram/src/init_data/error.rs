//! Why initData was refused, in words that name the likely cause.

/// Why initData was refused. No variant repeats the data itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InitDataError {
    /// Nothing was sent.
    #[error(
        "initData is empty: Telegram gives none when the app was opened in a plain browser, from \
         a reply keyboard or from an inline-mode button; open it from the menu button or a link"
    )]
    Empty,
    /// More bytes than any launch has.
    #[error("initData is longer than {limit} bytes; this is not what Telegram sends")]
    TooLong {
        /// The bound, [`limits::INIT_DATA_BYTES`](crate::limits::INIT_DATA_BYTES).
        limit: usize,
    },
    /// The whole launch fragment was sent.
    #[error(
        "this is the whole launch fragment, not initData: send Telegram.WebApp.initData, which is \
         the value of tgWebAppData decoded once"
    )]
    WholeFragment,
    /// The text was percent-encoded once more.
    #[error(
        "initData was percent-encoded twice: send Telegram.WebApp.initData as it is, without \
         encodeURIComponent"
    )]
    EncodedTwice,
    /// A piece between two `&` is empty or has no `=`.
    #[error(
        "initData is not a list of name=value pairs joined by &; it was probably cut, or the \
         readable initDataUnsafe object was sent in its place"
    )]
    Malformed,
    /// A name occurs twice, so that checking and reading could mean different values.
    #[error("initData has the same name twice; it was changed on its way")]
    DuplicateKey,
    /// A name holds a line break, which could fake another line of the signed text.
    #[error("initData has a line break inside a name; it was changed on its way")]
    NewlineInKey,
    /// There is no `hash`.
    #[error("initData has no hash; it was cut or put together by hand")]
    MissingHash,
    /// `hash` is not 64 lower-case hexadecimal digits.
    #[error("the hash in initData is not 64 hexadecimal digits; it was cut or changed")]
    BadHash,
    /// The HMAC differs.
    #[error(
        "the hash of initData does not match. Likely causes, in this order: the token belongs to \
         another bot than the one that opened the app, or was revoked since; initData was rebuilt \
         or decoded on its way, send Telegram.WebApp.initData untouched; a field such as \
         signature was removed before the check"
    )]
    HashMismatch,
    /// There is no `signature`, which the check without a token needs.
    #[error(
        "initData has no signature: clients older than Telegram 8.0 (November 2024) send none; \
         check it with the bot token instead"
    )]
    MissingSignature,
    /// `signature` is not base64url of 64 bytes.
    #[error("the signature in initData is not 86 characters of base64url; it was cut or changed")]
    BadSignature,
    /// The Ed25519 signature is wrong.
    #[error(
        "the signature of initData does not match. Likely causes: the bot id is another bot's; \
         the data comes from Telegram's test environment, which has its own key; initData was \
         rebuilt or decoded on its way"
    )]
    SignatureMismatch,
    /// There is no `auth_date`.
    #[error("initData has no auth_date; it was cut or put together by hand")]
    MissingAuthDate,
    /// `auth_date` is not a whole number of seconds.
    #[error("the auth_date in initData is not a number of seconds")]
    BadAuthDate,
    /// Older than the limit.
    #[error(
        "initData is {age_seconds} s old, the limit is {limit_seconds} s: it is issued once per \
         launch and does not renew itself, so close the app and open it again"
    )]
    Expired {
        /// `now - auth_date`.
        age_seconds: i64,
        /// The limit that was passed.
        limit_seconds: i64,
    },
    /// From further ahead than clocks may differ.
    #[error(
        "initData is dated {ahead_seconds} s in the future: set the clock of this server by network \
         time"
    )]
    FromTheFuture {
        /// `auth_date - now`.
        ahead_seconds: i64,
    },
    /// A checked field cannot be read as what it should be.
    #[error("initData is genuine, but its field {field} could not be read: {problem}")]
    Unreadable {
        /// The field's name.
        field: String,
        /// What was expected; never the value.
        problem: String,
    },
}

impl InitDataError {
    /// A stable code for programs and documentation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "init_data_empty",
            Self::TooLong { .. } => "init_data_too_long",
            Self::WholeFragment => "init_data_whole_fragment",
            Self::EncodedTwice => "init_data_encoded_twice",
            Self::Malformed => "init_data_malformed",
            Self::DuplicateKey => "init_data_duplicate_key",
            Self::NewlineInKey => "init_data_newline_in_key",
            Self::MissingHash => "init_data_missing_hash",
            Self::BadHash => "init_data_bad_hash",
            Self::HashMismatch => "init_data_hash_mismatch",
            Self::MissingSignature => "init_data_missing_signature",
            Self::BadSignature => "init_data_bad_signature",
            Self::SignatureMismatch => "init_data_signature_mismatch",
            Self::MissingAuthDate => "init_data_missing_auth_date",
            Self::BadAuthDate => "init_data_bad_auth_date",
            Self::Expired { .. } => "init_data_expired",
            Self::FromTheFuture { .. } => "init_data_from_the_future",
            Self::Unreadable { .. } => "init_data_unreadable",
        }
    }

    /// Whether opening the app again would help: the data was genuine but too old.
    pub fn asks_for_reopening(&self) -> bool {
        matches!(self, Self::Expired { .. })
    }
}
