//! The time that a charge pays for, and whether it is to be paid at all.

use super::{Refusal, Subscription, SubscriptionChange, Term, UnixSeconds};

/// What one charge pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first second.
    pub starts_at: UnixSeconds,
    /// The second after its last.
    pub ends_at: UnixSeconds,
}

impl Period {
    /// What a payment of this moment pays for. Where Telegram says until when, its word counts.
    pub fn paid(term: Term, paid_at: UnixSeconds, until: Option<UnixSeconds>) -> Option<Self> {
        let seconds = term.seconds()?;
        let starts_at = until.map_or(paid_at, |until| until.plus(-seconds));
        Some(Self {
            starts_at,
            ends_at: starts_at.plus(seconds),
        })
    }

    /// Whether two charges pay for the same time: their periods begin within half a period of each
    /// other. A renewal on time, early or late by hours, is not; an invoice paid twice is.
    pub fn is_same_time(self, other: Self) -> bool {
        let half = (self.ends_at.0 - self.starts_at.0) / 2;
        (self.starts_at.0 - other.starts_at.0).abs() < half
    }
}

/// A subscription that Telegram renews, with what has been paid for and not given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The subscription.
    pub subscription: Subscription,
    /// Its paid periods.
    pub periods: Vec<Period>,
}

impl Standing {
    /// Whether one more period is the buyer's to pay.
    ///
    /// # Errors
    /// [`Refusal::SubscriptionEnded`] when nothing brings it back, [`Refusal::AlreadyPaid`] when
    /// this time is paid, [`Refusal::SubscriptionStopped`] when its buyer or the seller was promised
    /// that nothing more is taken.
    pub fn takes(&self, period: Period) -> Result<(), Refusal> {
        let renewed = self.subscription.state.after(SubscriptionChange::Renew);
        if renewed.is_none() {
            return Err(Refusal::SubscriptionEnded);
        }
        if self.periods.iter().any(|paid| paid.is_same_time(period)) {
            return Err(Refusal::AlreadyPaid);
        }
        if self.subscription.is_stopped_by_shop() {
            return Err(Refusal::SubscriptionStopped);
        }
        Ok(())
    }
}
