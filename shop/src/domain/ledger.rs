//! The books: double entry in Stars and billionths of a Star.
//!
//! A [`Transfer`] takes an amount out of one account and puts it into another. It is one value and
//! one row, so that the sum over all accounts is zero by construction and not by care.

use serde::{Deserialize, Serialize};

use super::{ChargeId, Stars};

/// Where Stars are, or whose they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Stars that Telegram holds for this shop: the balance of the bot.
    Telegram,
    /// Stars earned.
    Sales,
    /// Stars on their way back to buyers.
    Owed,
}

impl Account {
    /// All accounts.
    pub const ALL: [Self; 3] = [Self::Telegram, Self::Sales, Self::Owed];

    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Sales => "sales",
            Self::Owed => "owed",
        }
    }
}

/// Why Stars change accounts. Each kind happens once at most to a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// Telegram took Stars from a buyer for us.
    Payment,
    /// What was earned is to go back.
    Promise,
    /// Telegram gave the Stars back.
    Refund,
}

impl TransferKind {
    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Promise => "promise",
            Self::Refund => "refund",
        }
    }
}

/// Where a charge stands: granted, or on one way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeState {
    /// The goods are the buyer's.
    Granted,
    /// The refund is queued.
    Refunding,
    /// The money went back.
    Refunded,
}

impl ChargeState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Granted, Self::Refunding, Self::Refunded];

    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
        }
    }
}

/// An amount that moves from one account (`credit`) to another (`debit`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The charge that it is about.
    pub charge: ChargeId,
    /// Why.
    pub kind: TransferKind,
    /// The account that gains.
    pub debit: Account,
    /// The account that gives.
    pub credit: Account,
    /// Whole Stars.
    pub stars: Stars,
    /// Billionths of a Star on top, below one Star.
    pub nanostars: u32,
}

impl Transfer {
    /// A payment came in. What cannot be granted is owed at once.
    pub fn payment(charge: &ChargeId, stars: Stars, state: ChargeState) -> Self {
        let credit = match state {
            ChargeState::Granted => Account::Sales,
            ChargeState::Refunding | ChargeState::Refunded => Account::Owed,
        };
        Self::whole(
            charge,
            TransferKind::Payment,
            Account::Telegram,
            credit,
            stars,
        )
    }

    /// A granted charge is to go back.
    pub fn promise(charge: &ChargeId, stars: Stars) -> Self {
        Self::whole(
            charge,
            TransferKind::Promise,
            Account::Sales,
            Account::Owed,
            stars,
        )
    }

    /// The money went back, from where it stood before.
    pub fn refund(charge: &ChargeId, stars: Stars, before: ChargeState) -> Self {
        let debit = match before {
            ChargeState::Granted => Account::Sales,
            ChargeState::Refunding | ChargeState::Refunded => Account::Owed,
        };
        Self::whole(
            charge,
            TransferKind::Refund,
            debit,
            Account::Telegram,
            stars,
        )
    }

    fn whole(
        charge: &ChargeId,
        kind: TransferKind,
        debit: Account,
        credit: Account,
        stars: Stars,
    ) -> Self {
        debug_assert_ne!(debit, credit, "a transfer needs two accounts");
        Self {
            charge: charge.clone(),
            kind,
            debit,
            credit,
            stars,
            nanostars: 0,
        }
    }
}

/// What an account holds: positive when it gained more than it gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// In billionths of a Star. A 128-bit number holds every Star that can ever exist.
    pub nanostars: i128,
}

/// Billionths in a Star.
pub const NANOSTARS_PER_STAR: i128 = 1_000_000_000;

impl Balance {
    /// A balance from Stars and billionths, each with its sign.
    pub const fn new(stars: i64, nanostars: i64) -> Self {
        Self {
            nanostars: stars as i128 * NANOSTARS_PER_STAR + nanostars as i128,
        }
    }

    /// The whole Stars of the balance, towards zero.
    pub const fn whole_stars(self) -> i128 {
        self.nanostars / NANOSTARS_PER_STAR
    }

    /// The balance of one account after these transfers.
    pub fn of<'a>(account: Account, transfers: impl IntoIterator<Item = &'a Transfer>) -> Self {
        let nanostars = transfers.into_iter().map(|transfer| {
            let amount =
                i128::from(transfer.stars.0) * NANOSTARS_PER_STAR + i128::from(transfer.nanostars);
            match account {
                _ if transfer.debit == account => amount,
                _ if transfer.credit == account => -amount,
                _ => 0,
            }
        });
        Self {
            nanostars: nanostars.sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The transfers of one charge's whole life: paid, perhaps promised, perhaps given back.
    fn life(charge: usize, stars: u64, granted: bool, promised: bool, back: bool) -> Vec<Transfer> {
        let charge: ChargeId = format!("c{charge}").parse().unwrap();
        let stars = Stars(stars);
        let mut state = if granted {
            ChargeState::Granted
        } else {
            ChargeState::Refunding
        };
        let mut transfers = vec![Transfer::payment(&charge, stars, state)];
        if granted && promised {
            transfers.push(Transfer::promise(&charge, stars));
            state = ChargeState::Refunding;
        }
        if back {
            transfers.push(Transfer::refund(&charge, stars, state));
        }
        transfers
    }

    proptest! {
        /// Invariant "books balance": whatever becomes of charges, all accounts sum to zero, the
        /// Telegram account is what Telegram holds, and nothing stays owed once all went back.
        #[test]
        fn books_balance(
            charges in prop::collection::vec(
                (1..10_000_u64, any::<bool>(), any::<bool>(), any::<bool>()), 0..40),
        ) {
            let books: Vec<Transfer> = charges.iter().enumerate()
                .flat_map(|(n, &(stars, granted, promised, back))| life(n, stars, granted, promised, back))
                .collect();
            let balance = |account| Balance::of(account, &books);
            let sum: i128 = Account::ALL.into_iter().map(|a| balance(a).nanostars).sum();
            prop_assert_eq!(sum, 0);

            let kept = |keep: fn(bool, bool) -> bool| -> i128 {
                charges.iter().filter(|c| !c.3 && keep(c.1, c.2)).map(|c| i128::from(c.0)).sum()
            };
            prop_assert_eq!(balance(Account::Telegram).whole_stars(), kept(|_, _| true));
            prop_assert_eq!(balance(Account::Sales).whole_stars(), -kept(|granted, promised| granted && !promised));
            prop_assert_eq!(balance(Account::Owed).whole_stars(), -kept(|granted, promised| !granted || promised));
        }
    }
}
