//! Why a task stopped.

use std::{fmt::Display, path::PathBuf};

/// What a step gives back: a value, or the sentence to show.
pub(crate) type Done<T = ()> = Result<T, Failure>;

/// A sentence that says what to do, and where to read more.
#[derive(Debug)]
pub(crate) struct Failure {
    /// For people: what went wrong and what to do about it.
    pub(crate) sentence: String,
    /// The output of the program that failed.
    pub(crate) log: Option<PathBuf>,
}

impl Failure {
    /// A failure that one sentence explains whole.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            log: None,
        }
    }
}

/// Puts a sentence before whatever error a library gave.
pub(crate) trait OrSay<T> {
    /// `sentence: error`.
    fn or_say(self, sentence: impl Display) -> Done<T>;
}

impl<T, E: Display> OrSay<T> for Result<T, E> {
    fn or_say(self, sentence: impl Display) -> Done<T> {
        self.map_err(|error| Failure::new(format!("{sentence}: {error}")))
    }
}
