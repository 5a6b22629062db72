//! Amounts of Stars.

use serde::Deserialize;

/// An amount of Stars, with a fraction in billionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct StarAmount {
    /// Whole Stars. A balance may be negative after store chargebacks.
    pub amount: i64,
    /// Billionths of a Star, from -999 999 999 to 999 999 999, with the sign of the whole.
    #[serde(default)]
    pub nanostar_amount: i64,
}
