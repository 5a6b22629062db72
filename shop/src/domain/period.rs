//! The time that a charge pays for, and whether it is to be paid at all.

use super::{Refusal, Subscription, SubscriptionChange, SubscriptionState, Term, UnixSeconds};
use crate::limits::{RENEWAL_EARLY_PARTS, RENEWAL_EARLY_SECONDS};

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
        let between = |start: UnixSeconds, end: UnixSeconds| end.0.saturating_sub(start.0);
        let both = between(
            self.starts_at.max(other.starts_at),
            self.ends_at.min(other.ends_at),
        );
        let early = between(self.starts_at, self.ends_at) / RENEWAL_EARLY_PARTS;
        both > early.min(RENEWAL_EARLY_SECONDS)
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
    /// Telegram. Within a time that is paid, that is one too many; after it, the buyer comes back.
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
        let within =
            |paid: &Period| paid.starts_at <= period.starts_at && period.starts_at < paid.ends_at;
        let twice = |paid: &Period| paid.is_same_time(period) || (second && within(paid));
        if self.periods.iter().any(twice) {
            return Err(Refusal::AlreadyPaid);
        }
        if self.subscription.is_stopped_by_shop() {
            return Err(Refusal::SubscriptionStopped);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::term::{DAY_SECONDS, SUBSCRIPTION_SECONDS};

    fn period(starts_at: i64, seconds: i64) -> Period {
        let term = Term::Subscription { seconds };
        Period::paid(term, UnixSeconds(starts_at), None).unwrap()
    }

    fn periods() -> impl Strategy<Value = i64> {
        prop_oneof![Just(SUBSCRIPTION_SECONDS), Just(300), Just(60)]
    }

    fn far() -> impl Strategy<Value = i64> {
        prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>()]
    }

    /// By how much one may be early.
    fn allowed(seconds: i64) -> i64 {
        if seconds == SUBSCRIPTION_SECONDS {
            DAY_SECONDS
        } else {
            seconds / 10
        }
    }

    proptest! {
        /// To the second: a month may be renewed a day early, a short period a tenth of it, and what
        /// shares more than that is paid twice, whichever is told first.
        #[test]
        fn a_renewal_may_be_early(
            seconds in periods(),
            shared in -100_000..SUBSCRIPTION_SECONDS,
        ) {
            let shared = shared.min(seconds);
            let (first, next) = (period(1_000, seconds), period(1_000 + seconds - shared, seconds));
            prop_assert_eq!(first.is_same_time(next), shared > allowed(seconds));
            prop_assert_eq!(next.is_same_time(first), shared > allowed(seconds));
        }

        /// The bound itself, and one second more.
        #[test]
        fn a_second_too_early_is_too_early(seconds in periods()) {
            let shares = |shared: i64| period(0, seconds).is_same_time(period(seconds - shared, seconds));
            prop_assert!(!shares(allowed(seconds)) && shares(allowed(seconds) + 1));
        }

        /// No time that anybody tells is too far away to be compared.
        #[test]
        fn any_times_can_be_compared(a in far(), b in far()) {
            let month = |at| period(at, SUBSCRIPTION_SECONDS);
            let near = (i128::from(a) - i128::from(b)).abs() < i128::from(SUBSCRIPTION_SECONDS);
            prop_assert!(near || !month(a).is_same_time(month(b)));
        }
    }
}
