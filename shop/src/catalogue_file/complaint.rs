//! What is wrong with a catalogue, and where.

use std::fmt;

/// One mistake in a catalogue file or in a file beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The file, as it was named to us.
    pub file: String,
    /// The line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// The column in characters, from 1; 0 when the file as a whole is meant.
    pub column: usize,
    /// A stable code.
    pub code: &'static str,
    /// A sentence for the seller.
    pub message: String,
}

impl Complaint {
    /// A complaint about a file as a whole.
    pub(super) fn whole(
        file: impl fmt::Display,
        code: &'static str,
        message: impl fmt::Display,
    ) -> Self {
        Self {
            file: file.to_string(),
            line: 0,
            column: 0,
            code,
            message: message.to_string(),
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            code,
            message,
        } = self;
        match line {
            0 => write!(f, "{file}: {message} [{code}]"),
            _ => write!(f, "{file}:{line}:{column}: {message} [{code}]"),
        }
    }
}
