//! A value that Telegram would refuse, found before the call is made.

/// Which rule of Telegram a value breaks. Texts are never repeated in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Something required is empty.
    #[error("{field} is empty")]
    Empty {
        /// What was checked, in the Bot API's words.
        field: &'static str,
    },
    /// A text, list or file is too long.
    #[error("{field} has {actual} {unit}, Telegram takes at most {limit}")]
    TooLong {
        /// What was checked.
        field: &'static str,
        /// The largest length.
        limit: u64,
        /// The length that was given.
        actual: u64,
        /// What is counted: characters, bytes, buttons…
        unit: &'static str,
    },
    /// A number is outside its range.
    #[error("{field} is {actual}, it must be between {low} and {high}")]
    OutOfRange {
        /// What was checked.
        field: &'static str,
        /// The least value.
        low: i64,
        /// The largest value.
        high: i64,
        /// The value that was given.
        actual: i64,
    },
    /// A value breaks a rule that is not about size.
    #[error("{field} is not allowed: {rule}")]
    NotAllowed {
        /// What was checked.
        field: &'static str,
        /// The rule, as a phrase.
        rule: &'static str,
    },
}

impl LimitError {
    /// A stable code for programs and documentation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "limit_empty",
            Self::TooLong { .. } => "limit_too_long",
            Self::OutOfRange { .. } => "limit_out_of_range",
            Self::NotAllowed { .. } => "limit_not_allowed",
        }
    }
}

/// Checks that a text has 1 to `limit` characters.
pub(crate) fn chars(field: &'static str, text: &str, limit: usize) -> Result<(), LimitError> {
    if text.trim().is_empty() {
        return Err(LimitError::Empty { field });
    }
    at_most(field, text.chars().count(), limit, "characters")
}

/// Checks that a text has 1 to `limit` bytes.
pub(crate) fn bytes(field: &'static str, text: &str, limit: usize) -> Result<(), LimitError> {
    if text.is_empty() {
        return Err(LimitError::Empty { field });
    }
    at_most(field, text.len(), limit, "bytes")
}

/// Checks that a count does not pass its limit.
pub(crate) fn at_most(
    field: &'static str,
    actual: usize,
    limit: usize,
    unit: &'static str,
) -> Result<(), LimitError> {
    if actual <= limit {
        return Ok(());
    }
    Err(LimitError::TooLong {
        field,
        limit: limit as u64,
        actual: actual as u64,
        unit,
    })
}

/// Checks that a number lies between two others, both included.
pub(crate) fn range(
    field: &'static str,
    actual: i64,
    low: i64,
    high: i64,
) -> Result<(), LimitError> {
    if (low..=high).contains(&actual) {
        return Ok(());
    }
    Err(LimitError::OutOfRange {
        field,
        low,
        high,
        actual,
    })
}
