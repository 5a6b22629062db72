//! The books: double entry in Stars and billionths of a Star.
//!
//! A [`Transfer`] takes an amount out of one account and puts it into another. It is one value and
//! one row, so that the sum over all accounts is zero by construction and not by care.

use serde::{Deserialize, Serialize};

use super::{Amount, ChargeId, Direction, Stars, stars::NANOSTARS_PER_STAR};

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
    /// Cuts that Telegram paid to those who brought a buyer.
    Affiliates,
    /// Stars that left through a withdrawal.
    Withdrawn,
    /// All else that moved the bot's balance and is no sale of this shop.
    Elsewhere,
}

impl Account {
    /// All accounts.
    pub const ALL: [Self; 6] = [
        Self::Telegram,
        Self::Sales,
        Self::Owed,
        Self::Affiliates,
        Self::Withdrawn,
        Self::Elsewhere,
    ];

    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Sales => "sales",
            Self::Owed => "owed",
            Self::Affiliates => "affiliates",
            Self::Withdrawn => "withdrawn",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// Why Stars change accounts. Each kind happens once at most to a charge, or by a row of Telegram's
/// ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// Telegram took Stars from a buyer for us.
    Payment,
    /// What was earned is to go back.
    Promise,
    /// Telegram gave the Stars back.
    Refund,
    /// Telegram paid a cut of the sale to an affiliate.
    Commission,
    /// The affiliate's cut came back with the refund.
    CommissionBack,
    /// Stars were withdrawn.
    Withdrawal,
    /// Something else moved the balance.
    Movement,
}

impl TransferKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Payment,
        Self::Promise,
        Self::Refund,
        Self::Commission,
        Self::CommissionBack,
        Self::Withdrawal,
        Self::Movement,
    ];

    /// The stable name, as the database knows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Promise => "promise",
            Self::Refund => "refund",
            Self::Commission => "commission",
            Self::CommissionBack => "commission_back",
            Self::Withdrawal => "withdrawal",
            Self::Movement => "movement",
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

/// What a transfer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A charge of ours.
    Charge(ChargeId),
    /// A row of Telegram's ledger that no charge is behind, by its key.
    Row(String),
}

/// An amount that moves from one account (`credit`) to another (`debit`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What it is about.
    pub about: About,
    /// Why.
    pub kind: TransferKind,
    /// The account that gains.
    pub debit: Account,
    /// The account that gives.
    pub credit: Account,
    /// How much.
    pub amount: Amount,
}

impl Transfer {
    /// A payment came in. What cannot be granted is owed at once.
    pub fn payment(charge: &ChargeId, stars: Stars, state: ChargeState) -> Self {
        let (about, kind) = (About::Charge(charge.clone()), TransferKind::Payment);
        let amount = Amount::whole(stars);
        Self::outside(about, kind, whose(state), Direction::In, amount)
    }

    /// A granted charge is to go back.
    pub fn promise(charge: &ChargeId, stars: Stars) -> Self {
        Self {
            about: About::Charge(charge.clone()),
            kind: TransferKind::Promise,
            debit: Account::Sales,
            credit: Account::Owed,
            amount: Amount::whole(stars),
        }
    }

    /// The money went back, from where it stood before.
    pub fn refund(charge: &ChargeId, stars: Stars, before: ChargeState) -> Self {
        let (about, kind) = (About::Charge(charge.clone()), TransferKind::Refund);
        let amount = Amount::whole(stars);
        Self::outside(about, kind, whose(before), Direction::Out, amount)
    }

    /// An affiliate got a cut of a charge, or it came back with the refund.
    pub fn commission(charge: &ChargeId, cut: Amount, back: bool) -> Self {
        let about = About::Charge(charge.clone());
        let (kind, direction) = match back {
            false => (TransferKind::Commission, Direction::Out),
            true => (TransferKind::CommissionBack, Direction::In),
        };
        Self::outside(about, kind, Account::Affiliates, direction, cut)
    }

    /// Stars were withdrawn. Where that fails, they come back by a row of their own.
    /// Source: Bot API, `StarTransaction`: "Fragment refunding a failed withdrawal".
    pub fn withdrawal(row: String, amount: Amount) -> Self {
        let (about, kind) = (About::Row(row), TransferKind::Withdrawal);
        Self::outside(about, kind, Account::Withdrawn, Direction::Out, amount)
    }

    /// Something that is no sale of ours moved the balance.
    pub fn movement(row: String, amount: Amount, direction: Direction) -> Self {
        let (about, kind) = (About::Row(row), TransferKind::Movement);
        Self::outside(about, kind, Account::Elsewhere, direction, amount)
    }

    /// A transfer between the bot's balance and another account.
    fn outside(
        about: About,
        kind: TransferKind,
        other: Account,
        direction: Direction,
        amount: Amount,
    ) -> Self {
        let (debit, credit) = match direction {
            Direction::Out => (other, Account::Telegram),
            Direction::In | Direction::Unclear => (Account::Telegram, other),
        };
        Self {
            about,
            kind,
            debit,
            credit,
            amount,
        }
    }
}

/// The account that a charge in this state stands in.
const fn whose(state: ChargeState) -> Account {
    match state {
        ChargeState::Granted => Account::Sales,
        ChargeState::Refunding | ChargeState::Refunded => Account::Owed,
    }
}

/// What an account holds: positive when it gained more than it gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// In billionths of a Star. A 128-bit number holds every Star that can ever exist.
    pub nanostars: i128,
}

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

    /// The balance in words: Stars with their fraction, and a sign.
    pub fn in_stars(self) -> String {
        let sign = if self.nanostars < 0 { "-" } else { "" };
        let amount = Amount::from_nanostars(self.nanostars.abs());
        amount.map_or_else(
            || format!("{} nanostars", self.nanostars),
            |a| format!("{sign}{a}"),
        )
    }

    /// The balance of one account after these transfers.
    pub fn of<'a>(account: Account, transfers: impl IntoIterator<Item = &'a Transfer>) -> Self {
        let nanostars = transfers.into_iter().map(|transfer| {
            let amount = transfer.amount.in_nanostars();
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

    proptest! {
        /// What is no charge moves the balance to the billionth of a Star, and its account the other
        /// way.
        #[test]
        fn what_moves_besides_charges_balances(
            moves in prop::collection::vec((0..3_u8, 1..3_000_000_000_i64, any::<bool>()), 0..40),
        ) {
            let charge: ChargeId = "c1".parse().unwrap();
            let mut moved = [0_i128; 3];
            let books: Vec<Transfer> = moves.iter().map(|&(kind, nanostars, back)| {
                let amount = Amount::from_nanostars(nanostars.into()).unwrap();
                let sign = if back { 1 } else { -1 };
                // A withdrawal takes only.
                let sign = if kind == 1 { -1 } else { sign };
                moved[usize::from(kind)] += sign * i128::from(nanostars);
                match kind {
                    0 => Transfer::commission(&charge, amount, back),
                    1 => Transfer::withdrawal("out:w".into(), amount),
                    _ if back => Transfer::movement("in:m".into(), amount, Direction::In),
                    _ => Transfer::movement("out:m".into(), amount, Direction::Out),
                }
            }).collect();
            let accounts = [Account::Affiliates, Account::Withdrawn, Account::Elsewhere];
            let held = |account| Balance::of(account, &books).nanostars;
            prop_assert_eq!(accounts.map(held), moved.map(|nanostars| -nanostars));
            prop_assert_eq!(held(Account::Telegram), moved.iter().sum::<i128>());
        }
    }

    #[test]
    fn a_balance_is_written_with_its_sign() {
        assert_eq!(Balance::new(-1, -500_000_000).in_stars(), "-1.5");
        assert_eq!(Balance::new(44, 800_000_000).in_stars(), "44.8");
        assert_eq!(Balance::default().in_stars(), "0");
    }
}
