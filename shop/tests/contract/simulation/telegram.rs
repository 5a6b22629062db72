//! Telegram as the simulation has it: wallets aside, it takes money, keeps a ledger, renews
//! subscriptions, gives back when asked, and tells the shop, or not.

use std::collections::BTreeMap;

use serde_json::json;
use shop::domain::*;

use super::renewals::Renewing;

/// Billionths in a Star.
pub(super) const STAR: i128 = 1_000_000_000;

/// A payment that was made.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub(super) payment: Payment,
    /// What an affiliate got of it.
    pub(super) cut: Option<Amount>,
    /// The money went back.
    pub(super) back: bool,
}

/// What Telegram tells the shop.
#[derive(Debug, Clone)]
pub(super) enum Update {
    Paid(Payment),
    Refunded(Refund),
    /// The buyer stopped the renewal or took it up again, or Telegram could not charge.
    Renewal {
        payload: String,
        buyer: UserId,
        change: RenewalChange,
    },
}

/// What an update meets on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Arrives,
    Doubled,
    Late(i64),
    Lost,
}

/// What came of a refund that the shop asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Done,
    AlreadyRefunded,
    BalanceTooLow,
}

#[derive(Debug, Default)]
pub(super) struct Telegram {
    pub(super) charges: BTreeMap<String, Charge>,
    pub(super) rows: Vec<StarRow>,
    /// What renews, by the charge that began it.
    pub(super) renewing: BTreeMap<String, Renewing>,
    underway: Vec<(UnixSeconds, Update)>,
    movements: u64,
}

impl Telegram {
    /// Takes money at a time and tells about it. Gives the charge.
    pub(super) fn charge(
        &mut self,
        mut payment: Payment,
        cut: Option<Amount>,
        fate: Fate,
        at: UnixSeconds,
    ) -> String {
        let id = format!("c{}", self.charges.len());
        payment.charge = id.parse().unwrap();
        payment.paid_at = at;
        let charge = Charge {
            payment: payment.clone(),
            cut,
            back: false,
        };
        self.sale_row(&charge, Direction::In, at);
        self.charges.insert(id.clone(), charge);
        self.tell(Update::Paid(payment), fate, at);
        id
    }

    /// The shop asks for a refund.
    pub(super) fn refund(&mut self, id: &str, fate: Fate, now: UnixSeconds) -> Answer {
        let charge = &self.charges[id];
        if charge.back {
            return Answer::AlreadyRefunded;
        }
        if self.balance().nanostars < net(charge) {
            return Answer::BalanceTooLow;
        }
        self.give_back(id, fate, now);
        Answer::Done
    }

    /// A charge goes back, whether the shop has the Stars or not.
    pub(super) fn give_back(&mut self, id: &str, fate: Fate, now: UnixSeconds) {
        let charge = self.charges.get_mut(id).unwrap();
        charge.back = true;
        let charge = charge.clone();
        self.sale_row(&charge, Direction::Out, now);
        let refund = Refund {
            charge: id.parse().unwrap(),
            buyer: charge.payment.buyer,
            amount: Stars(u64::try_from(charge.payment.amount).unwrap()),
        };
        self.tell(Update::Refunded(refund), fate, now);
    }

    /// Something else takes Stars out of the balance: a withdrawal, or an advertisement.
    pub(super) fn take_out(&mut self, stars: u64, withdrawal: bool, now: UnixSeconds) {
        self.movements += 1;
        let kind = if withdrawal {
            let state = WithdrawalState::Pending;
            StarRowKind::Withdrawal { state }
        } else {
            let name = "telegram_ads".to_owned();
            StarRowKind::Other { name }
        };
        let id = format!("m{}", self.movements);
        self.row(id, Direction::Out, Amount::whole(Stars(stars)), kind, now);
    }

    /// Withdrawals under way come to their end.
    pub(super) fn end_withdrawals(&mut self) {
        let under_way = self.rows.iter_mut().filter(|row| row.is_unfinished());
        for row in under_way {
            let state = WithdrawalState::Succeeded;
            row.kind = StarRowKind::Withdrawal { state };
        }
    }

    /// What the bot has.
    pub(super) fn balance(&self) -> Balance {
        let signed = |row: &StarRow| match row.direction {
            Direction::In => row.amount.in_nanostars(),
            _ => -row.amount.in_nanostars(),
        };
        Balance {
            nanostars: self.rows.iter().map(signed).sum(),
        }
    }

    /// Updates that have come by now.
    pub(super) fn arrived(&mut self, now: UnixSeconds) -> Vec<Update> {
        let (come, rest) = self.underway.drain(..).partition(|(due, _)| *due <= now);
        self.underway = rest;
        come.into_iter().map(|(_, update)| update).collect()
    }

    pub(super) fn tell(&mut self, update: Update, fate: Fate, now: UnixSeconds) {
        match fate {
            Fate::Lost => {}
            Fate::Arrives => self.underway.push((now, update)),
            Fate::Late(seconds) => self.underway.push((now.plus(seconds), update)),
            Fate::Doubled => {
                self.underway.push((now, update.clone()));
                self.underway.push((now.plus(3_600), update));
            }
        }
    }

    fn sale_row(&mut self, charge: &Charge, direction: Direction, now: UnixSeconds) {
        let kind = StarRowKind::Sale {
            buyer: charge.payment.buyer,
            payload: charge.payment.payload.clone(),
            commission: charge.cut,
            recurring: charge.payment.recurring.is_some(),
        };
        let amount = Amount::from_nanostars(net(charge)).unwrap();
        let id = charge.payment.charge.to_string();
        self.row(id, direction, amount, kind, now);
    }

    fn row(
        &mut self,
        id: String,
        direction: Direction,
        amount: Amount,
        kind: StarRowKind,
        at: UnixSeconds,
    ) {
        let raw = json!({"id": id});
        self.rows.push(StarRow {
            id,
            direction,
            amount,
            at,
            kind,
            raw,
        });
    }
}

/// What of a charge reaches the shop.
fn net(charge: &Charge) -> i128 {
    let cut = charge.cut.unwrap_or_default().in_nanostars();
    i128::from(charge.payment.amount) * STAR - cut
}
