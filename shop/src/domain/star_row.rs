//! Rows of Telegram's own Star ledger, in the shop's words: the judge over our books.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Amount, ChargeId, HeardBy, Payment, Recurring, Stars, UnixSeconds, UserId,
    verdict::STARS_CURRENCY,
};

/// Which way the Stars of a row went, as seen by the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the shop.
    In,
    /// From the shop.
    Out,
    /// The row names both sides or none.
    Unclear,
}

impl Direction {
    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Unclear => "unclear",
        }
    }
}

/// A row of Telegram's Star ledger. A refund repeats the id of its payment the other way, so a row
/// is known by id *and* direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarRow {
    /// Telegram's id; for a payment and its refund the charge's.
    pub id: String,
    /// Which way.
    pub direction: Direction,
    /// How much moved the shop's balance.
    pub amount: Amount,
    /// When, says Telegram.
    pub at: UnixSeconds,
    /// What it is.
    pub kind: StarRowKind,
    /// The row as it came: what this version does not understand is kept for a later one.
    #[serde(skip)]
    pub raw: Value,
}

/// What a row is, as far as the shop cares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StarRowKind {
    /// A user paid an invoice; the other way, got the payment back.
    Sale {
        /// Who.
        buyer: UserId,
        /// The invoice payload.
        payload: String,
        /// What Telegram paid to an affiliate out of it.
        commission: Option<Amount>,
        /// Whether it pays for a period of a subscription.
        #[serde(default)]
        recurring: bool,
    },
    /// A withdrawal.
    Withdrawal {
        /// How far it has come.
        state: WithdrawalState,
    },
    /// No business of the shop: gifts, ads, paid broadcasts, kinds that are yet to be invented.
    Other {
        /// Telegram's word for it.
        name: String,
    },
    /// It cannot be made sense of.
    Unreadable,
}

/// How far a withdrawal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalState {
    /// Under way: the Stars have left.
    Pending,
    /// Done.
    Succeeded,
    /// Failed: the Stars are back.
    Failed,
}

impl StarRow {
    /// The key of the row: its direction and its id.
    pub fn key(&self) -> String {
        Self::key_of(self.direction, &self.id)
    }

    /// The key of the row of this direction and id.
    pub fn key_of(direction: Direction, id: &str) -> String {
        format!("{}:{id}", direction.as_str())
    }

    /// Whether it is looked at again although it was worked: it may still change.
    pub fn is_unfinished(&self) -> bool {
        let state = WithdrawalState::Pending;
        self.kind == StarRowKind::Withdrawal { state }
    }

    /// The payment that an incoming sale tells of; nothing for other rows. `price` is the one of
    /// the order that the payload names.
    ///
    /// Telegram's row holds what reached the shop. Where an affiliate got a cut, the buyer paid
    /// both together; a row that already equals the price is taken at its word.
    pub fn payment(&self, price: Option<Stars>) -> Option<Payment> {
        let StarRowKind::Sale {
            buyer,
            payload,
            commission,
            recurring,
        } = &self.kind
        else {
            return None;
        };
        let cut = commission.unwrap_or_default().in_nanostars();
        let paid = match price {
            Some(price) if self.amount == Amount::whole(price) => self.amount,
            _ => Amount::from_nanostars(self.amount.in_nanostars() + cut)?,
        };
        Some(Payment {
            charge: self.charge()?,
            buyer: *buyer,
            payload: payload.clone(),
            currency: STARS_CURRENCY.to_owned(),
            amount: i64::try_from(paid.rounded_up().0).ok()?,
            paid_at: self.at,
            recurring: recurring.then(Recurring::default),
            heard_by: HeardBy::Ledger,
        })
    }

    /// The charge of a sale or its refund, if the id can be one.
    pub fn charge(&self) -> Option<ChargeId> {
        matches!(self.kind, StarRowKind::Sale { .. })
            .then(|| self.id.parse().ok())
            .flatten()
    }

    /// What is missing in this row against the charge as booked, where an affiliate's cut explains
    /// it: that cut.
    ///
    /// # Errors
    /// The row and the charge are of different amounts, and nothing explains it.
    pub fn cut_of(&self, booked: Stars) -> Result<Option<Amount>, AmountDiffers> {
        let missing = Amount::whole(booked).in_nanostars() - self.amount.in_nanostars();
        let StarRowKind::Sale { commission, .. } = &self.kind else {
            return Err(AmountDiffers);
        };
        match commission {
            _ if missing == 0 => Ok(None),
            Some(cut) if cut.in_nanostars() == missing => Ok(Some(*cut)),
            _ => Err(AmountDiffers),
        }
    }
}

/// A row and the charge that it is about are of different amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amounts differ")]
pub struct AmountDiffers;

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(amount: i128, commission: Option<i128>) -> StarRow {
        StarRow {
            id: "c1".into(),
            direction: Direction::In,
            amount: Amount::from_nanostars(amount).unwrap(),
            at: UnixSeconds(9),
            kind: StarRowKind::Sale {
                buyer: UserId(1),
                payload: "x".into(),
                commission: commission.and_then(Amount::from_nanostars),
                recurring: false,
            },
            raw: Value::Null,
        }
    }

    const STAR: i128 = 1_000_000_000;

    #[test]
    fn a_buyer_paid_what_came_in_and_the_cut() {
        let net = sale(44 * STAR + STAR / 2, Some(5 * STAR + STAR / 2));
        assert_eq!(net.payment(None).unwrap().amount, 50);
        assert_eq!(net.payment(Some(Stars(50))).unwrap().amount, 50);
        assert_eq!(
            net.cut_of(Stars(50)),
            Ok(Amount::from_nanostars(5 * STAR + STAR / 2))
        );
        assert_eq!(net.cut_of(Stars(51)), Err(AmountDiffers));
        // A row that says the price although there was a cut is taken at its word.
        let gross = sale(50 * STAR, Some(5 * STAR));
        assert_eq!(gross.payment(Some(Stars(50))).unwrap().amount, 50);
        assert_eq!(gross.cut_of(Stars(50)), Ok(None));
        let plain = sale(50 * STAR, None);
        assert_eq!(plain.payment(None).unwrap().amount, 50);
        assert_eq!(plain.cut_of(Stars(49)), Err(AmountDiffers));
    }

    #[test]
    fn only_sales_are_payments() {
        let name = "telegram_ads".into();
        let other = StarRow {
            kind: StarRowKind::Other { name },
            ..sale(STAR, None)
        };
        assert_eq!((other.payment(None), other.charge()), (None, None));
        assert_eq!(sale(STAR, None).key(), "in:c1");
    }

    #[test]
    fn a_withdrawal_is_looked_at_until_it_is_over() {
        let unfinished = |kind| {
            let row = sale(STAR, None);
            StarRow { kind, ..row }.is_unfinished()
        };
        let withdrawal = |state| StarRowKind::Withdrawal { state };
        assert!(unfinished(withdrawal(WithdrawalState::Pending)));
        assert!(!unfinished(withdrawal(WithdrawalState::Succeeded)));
        assert!(!unfinished(withdrawal(WithdrawalState::Failed)));
        assert!(!sale(STAR, None).is_unfinished());
    }
}
