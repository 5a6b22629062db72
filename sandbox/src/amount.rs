//! An amount of Stars, exact to a billionth.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Billionths in one Star. Source: Bot API, `nanostar_amount`.
const NANOS: i128 = 1_000_000_000;

/// Stars with their billionths; negative after chargebacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(from = "(i64, i32)", into = "(i64, i32)")]
pub struct Amount {
    nanos: i128,
}

impl Amount {
    /// Whole Stars.
    #[must_use]
    pub fn stars(stars: i64) -> Self {
        Self::new(stars, 0)
    }

    /// Stars and billionths of one, of the same sign.
    #[must_use]
    pub fn new(stars: i64, nanos: i64) -> Self {
        Self {
            nanos: i128::from(stars) * NANOS + i128::from(nanos),
        }
    }

    /// A share of `stars` in thousandths, as commissions are counted.
    #[must_use]
    pub fn share(stars: i64, per_mille: i64) -> Self {
        Self {
            nanos: i128::from(stars) * i128::from(per_mille) * (NANOS / 1000),
        }
    }

    /// Whole Stars, rounded towards zero.
    #[must_use]
    pub fn whole(self) -> i64 {
        i64::try_from(self.nanos / NANOS).unwrap_or(i64::MAX)
    }

    /// The billionths beside the whole Stars, with the same sign.
    #[must_use]
    pub fn nanos(self) -> i64 {
        i64::try_from(self.nanos % NANOS).unwrap_or(0)
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.nanos > 0
    }

    /// Writes `amount`, and `nanostar_amount` when there is a fraction. Source:
    /// tdlib/telegram-bot-api Client.cpp `JsonStarAmount`.
    pub fn store(self, object: &mut Value) {
        object["amount"] = json!(self.whole());
        if self.nanos() != 0 {
            object["nanostar_amount"] = json!(self.nanos());
        }
    }
}

impl std::ops::Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            nanos: self.nanos.saturating_add(other.nanos),
        }
    }
}

impl std::ops::Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            nanos: self.nanos.saturating_sub(other.nanos),
        }
    }
}

impl std::ops::Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        Self { nanos: -self.nanos }
    }
}

impl From<(i64, i32)> for Amount {
    fn from((stars, nanos): (i64, i32)) -> Self {
        Self::new(stars, i64::from(nanos))
    }
}

impl From<Amount> for (i64, i32) {
    fn from(amount: Amount) -> Self {
        (amount.whole(), i32::try_from(amount.nanos()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_keep_their_sign() {
        let debt = Amount::stars(1) - Amount::share(25, 55); // 1.375 Stars of commission
        assert_eq!((debt.whole(), debt.nanos()), (0, -375_000_000));
        let mut object = json!({});
        debt.store(&mut object);
        assert_eq!(
            object,
            json!({ "amount": 0, "nanostar_amount": -375_000_000 })
        );
        let text = serde_json::to_string(&debt).unwrap();
        assert_eq!(serde_json::from_str::<Amount>(&text).unwrap(), debt);
    }
}
