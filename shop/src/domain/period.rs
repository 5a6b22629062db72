//! The time that a charge pays for, and whether it is to be paid at all.

use super::{
    Refusal, Subscription, SubscriptionChange, SubscriptionState, Term, UnixSeconds,
    term::DAY_SECONDS,
};

/// By how much Telegram may charge before a period is over: nobody has written it down. What is
/// paid earlier than that is no renewal.
const EARLY_SECONDS: i64 = DAY_SECONDS;

/// The same for the short periods of Telegram's test environment: a part of them.
const EARLY_PARTS: i64 = 10;

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

    /// Whether two charges pay for the same time, by more than a renewal may be early. One on time or
    /// late is not; an invoice paid twice is.
    pub fn is_same_time(self, other: Self) -> bool {
        let both = self.ends_at.min(other.ends_at).0 - self.starts_at.max(other.starts_at).0;
        both > ((self.ends_at.0 - self.starts_at.0) / EARLY_PARTS).min(EARLY_SECONDS)
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
    /// Whether one more period is the buyer's to pay. `first` says whether Telegram begins a
    /// subscription with it; nothing where Telegram does not say.
    ///
    /// An invoice link can be paid again at any time, which begins a second subscription at
    /// Telegram. While the one before may live on there, that is one too many.
    ///
    /// # Errors
    /// [`Refusal::SubscriptionEnded`] when nothing brings it back, [`Refusal::AlreadyPaid`] when
    /// this time is paid, [`Refusal::SubscriptionStopped`] when its buyer or the seller was promised
    /// that nothing more is taken.
    pub fn takes(&self, period: Period, first: Option<bool>) -> Result<(), Refusal> {
        let renewed = self.subscription.state.after(SubscriptionChange::Renew);
        if renewed.is_none() {
            return Err(Refusal::SubscriptionEnded);
        }
        let second = first == Some(true) && self.subscription.state != SubscriptionState::Lapsed;
        let twice = |paid: &Period| {
            paid.is_same_time(period) || (second && paid.starts_at <= period.starts_at)
        };
        if self.periods.iter().any(twice) {
            return Err(Refusal::AlreadyPaid);
        }
        if self.subscription.is_stopped_by_shop() {
            return Err(Refusal::SubscriptionStopped);
        }
        Ok(())
    }
}
