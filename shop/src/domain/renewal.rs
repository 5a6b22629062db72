//! Whether Telegram may charge for a subscription again, who says so, and what a charge adds.

use super::{Period, StoppedBy, Subscription, SubscriptionChange, SubscriptionState, UnixSeconds};

/// What happens to the renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalChange {
    /// It is stopped; the paid time goes on to its end.
    Stop(StoppedBy),
    /// It is no longer stopped by this one. In Telegram the buyer has then taken it up again, which
    /// changes nothing where the shop stopped it; what the shop allows again, the buyer may take up
    /// again in Telegram.
    Allow(StoppedBy),
    /// Telegram could not charge.
    Fail,
}

impl Subscription {
    /// The subscription after the change; nothing where it changes nothing.
    pub fn with_renewal(&self, change: RenewalChange) -> Option<Self> {
        let (state, stopped_by) = match change {
            RenewalChange::Stop(by) => match self.state {
                // The stronger word counts: the seller's, the buyer's in the shop, Telegram's.
                SubscriptionState::Canceled
                    if by != StoppedBy::Telegram && self.stopped_by != Some(StoppedBy::Seller) =>
                {
                    (SubscriptionState::Canceled, Some(by))
                }
                state => (state.after(SubscriptionChange::Cancel)?, Some(by)),
            },
            RenewalChange::Allow(StoppedBy::Telegram) if self.is_stopped_by_shop() => return None,
            RenewalChange::Allow(StoppedBy::Telegram) => {
                (self.state.after(SubscriptionChange::Resume)?, None)
            }
            RenewalChange::Allow(by) if self.stopped_by == Some(by) && self.state.is_running() => {
                (self.state, Some(StoppedBy::Telegram))
            }
            RenewalChange::Allow(_) => return None,
            RenewalChange::Fail => (self.state.after(SubscriptionChange::Fail)?, None),
        };
        let next = Self {
            state,
            stopped_by,
            ..self.clone()
        };
        (next != *self).then_some(next)
    }

    /// Whether the paid time is nearer to its beginning than to its end: Telegram has just charged.
    pub fn is_just_paid(&self, now: UnixSeconds) -> bool {
        let half = self.term.seconds().unwrap_or_default() / 2;
        self.paid_until > now.plus(half)
    }

    /// Once money for a time of it is to go back: who gets money back is not charged again by
    /// surprise, and what is over may still be charged for by Telegram.
    pub fn stopped_for_refund(&self) -> Self {
        let mut next = self.clone();
        if self.term.renews()
            && (self.state.is_running() || self.state == SubscriptionState::Lapsed)
        {
            next.stopped_by = Some(self.stopped_by.unwrap_or(StoppedBy::Seller));
        }
        if self.term.renews() && self.state.is_running() {
            next.state = SubscriptionState::Canceled;
        }
        next
    }

    /// The subscription with one more period paid; nothing where none can be.
    ///
    /// Days of credit that were had between the last paid end and this period are spent.
    pub fn with_period(&self, period: Period) -> Option<Self> {
        let had = period.starts_at.0 - self.paid_until.0;
        Some(Self {
            state: self.state.after(SubscriptionChange::Renew)?,
            stopped_by: None,
            paid_until: self.paid_until.max(period.ends_at),
            credit: self.credit - had.clamp(0, self.credit),
            ..self.clone()
        })
    }

    /// The subscription without the time that a period of it paid for from then on: the money for
    /// it went back after another plan took over what was left.
    pub fn without(&self, period: Period, from: UnixSeconds) -> Self {
        let lost = period.ends_at.0 - period.starts_at.max(from).0;
        Self {
            paid_until: self.paid_until.plus(-lost.max(0)),
            ..self.clone()
        }
    }

    /// What another plan got of this one was too much, for less was left of it than was thought:
    /// the other one with the credit that is its due. It took over then.
    pub fn with_less_credit(&self, thought: &Self, is: &Self, then: UnixSeconds) -> Self {
        let worth = |of: &Self| of.credit_for(self.list_price, self.term, then);
        let lost = worth(thought) - worth(is);
        Self {
            credit: (self.credit - lost).max(0),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
