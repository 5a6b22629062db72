//! Money: whole Telegram Stars (currency `XTR`, no minor unit).

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in whole Stars. Arithmetic is checked; floats never come near it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Stars(pub u64);

impl Stars {
    /// The sum, or nothing where it would overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl fmt::Display for Stars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
