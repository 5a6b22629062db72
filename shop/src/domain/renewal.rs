//! Whether Telegram may charge for a subscription again, and who says so.

use super::{StoppedBy, Subscription, SubscriptionChange, SubscriptionState};

/// What happens to the renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalChange {
    /// It is stopped; the paid time goes on to its end.
    Stop(StoppedBy),
    /// It is no longer stopped by this one. In Telegram the buyer has then taken it up again; what
    /// the shop stopped, the buyer may take up again in Telegram.
    Allow(StoppedBy),
    /// Telegram could not charge.
    Fail,
}

impl Subscription {
    /// The subscription after the change; nothing where it changes nothing.
    pub fn with_renewal(&self, change: RenewalChange) -> Option<Self> {
        let (state, stopped_by) = match change {
            RenewalChange::Stop(by) => match self.state {
                // The shop's word is the stronger one: what it stopped, only it allows again.
                SubscriptionState::Canceled if by != StoppedBy::Telegram => {
                    (SubscriptionState::Canceled, Some(by))
                }
                state => (state.after(SubscriptionChange::Cancel)?, Some(by)),
            },
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
}
