//! Money: whole Telegram Stars (currency `XTR`, no minor unit), and billionths where Telegram's own
//! cuts are not whole.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Billionths in a Star.
pub const NANOSTARS_PER_STAR: i128 = 1_000_000_000;

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

/// An amount of Stars with its fraction. Never negative: a direction says which way it went.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Amount {
    /// Whole Stars.
    pub stars: Stars,
    /// Billionths of a Star on top, below one Star.
    pub nanostars: u32,
}

impl Amount {
    /// An amount without a fraction.
    pub const fn whole(stars: Stars) -> Self {
        Self {
            stars,
            nanostars: 0,
        }
    }

    /// The amount in billionths of a Star.
    pub fn in_nanostars(self) -> i128 {
        i128::from(self.stars.0) * NANOSTARS_PER_STAR + i128::from(self.nanostars)
    }

    /// The amount of so many billionths; nothing where it is negative or beyond all Stars.
    pub fn from_nanostars(nanostars: i128) -> Option<Self> {
        if nanostars < 0 {
            return None;
        }
        Some(Self {
            stars: Stars(u64::try_from(nanostars / NANOSTARS_PER_STAR).ok()?),
            nanostars: u32::try_from(nanostars % NANOSTARS_PER_STAR).ok()?,
        })
    }

    /// The next whole Stars not below it.
    pub fn rounded_up(self) -> Stars {
        Stars(self.stars.0.saturating_add(u64::from(self.nanostars > 0)))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanostars == 0 {
            return self.stars.fmt(f);
        }
        let fraction = format!("{:09}", self.nanostars);
        write!(f, "{}.{}", self.stars, fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Nothing of an amount is lost or made on its way through billionths and back.
        #[test]
        fn amounts_are_exact(stars: u64, nanostars in 0..1_000_000_000_u32) {
            let amount = Amount { stars: Stars(stars), nanostars };
            prop_assert_eq!(Amount::from_nanostars(amount.in_nanostars()), Some(amount));
            prop_assert_eq!(Amount::from_nanostars(-1 - amount.in_nanostars()), None);
            let up = Amount::whole(amount.rounded_up());
            prop_assert!(up >= amount || stars == u64::MAX);
            prop_assert!(up.in_nanostars() - amount.in_nanostars() < NANOSTARS_PER_STAR);
        }
    }

    #[test]
    fn fractions_are_written_and_counted() {
        let amount = Amount::from_nanostars(44_800_000_000).unwrap();
        assert_eq!(
            (amount.stars, amount.to_string().as_str()),
            (Stars(44), "44.8")
        );
        assert_eq!(amount.in_nanostars(), 44_800_000_000);
        assert_eq!(amount.rounded_up(), Stars(45));
        let whole = Amount::whole(Stars(7));
        assert_eq!(
            (whole.to_string().as_str(), whole.rounded_up()),
            ("7", Stars(7))
        );
        assert_eq!(Amount::from_nanostars(0), Some(Amount::default()));
        assert_eq!(Amount::from_nanostars(-1), None);
    }

    #[test]
    fn a_sum_never_wraps() {
        assert_eq!(Stars(40).checked_add(Stars(2)), Some(Stars(42)));
        assert_eq!(Stars(u64::MAX).checked_add(Stars(1)), None);
    }
}
