//! What is to happen later: deeds in the order of the sandbox's time.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::invoice::Invoice;
use crate::script::Step;
use crate::state::State;
use crate::update::Delivery;

/// Something that happens by itself when its time comes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A subscription's period ends: it renews, fails or lapses.
    EndPeriod {
        /// Charge id of the first payment.
        subscription: String,
        /// The end that was meant; a later one means that it renewed meanwhile.
        paid_until: i64,
    },
    /// A renewal that failed is tried once more.
    RetryRenewal {
        /// Charge id of the first payment.
        subscription: String,
        /// The end of the period that was paid last; a later one means that it was paid meanwhile.
        paid_until: i64,
    },
    /// A payment that the client saw as `pending` goes through.
    Charge {
        /// What is paid.
        invoice: Invoice,
        /// By whom.
        user_id: i64,
    },
    /// A month in a channel ends: it is paid again, or the user is out.
    EndMembership {
        /// Chat id.
        community: i64,
        /// Who is in.
        user_id: i64,
        /// Address of the link that says what it costs.
        link: String,
        /// The end that was meant.
        until: i64,
    },
    /// A step of a script.
    Step {
        /// The script's bot.
        bot_id: i64,
        /// What happens.
        step: Box<Step>,
        /// It was drawn from a seed.
        is_random: bool,
    },
}

/// Deeds by due time; those of the same time in the order in which they were planned.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Agenda {
    #[serde(with = "crate::pairs")]
    deeds: BTreeMap<(i64, u64), Deed>,
    planned: u64,
    /// Rung when something was planned.
    #[serde(skip)]
    pub wake: Arc<Notify>,
}

impl Agenda {
    /// Plans a deed for `due_ms`.
    pub fn plan(&mut self, due_ms: i64, deed: Deed) {
        self.planned += 1;
        self.deeds.insert((due_ms, self.planned), deed);
        self.wake.notify_waiters();
    }

    /// When the next deed is due, milliseconds.
    #[must_use]
    pub fn next_ms(&self) -> Option<i64> {
        self.deeds.first_key_value().map(|((due_ms, _), _)| *due_ms)
    }

    /// Takes out the first deed that is due.
    fn take_due(&mut self, now_ms: i64) -> Option<(i64, Deed)> {
        let first = self.deeds.first_entry()?;
        let due_ms = first.key().0;
        (due_ms <= now_ms).then(|| (due_ms, first.remove()))
    }
}

impl State {
    /// Does everything that is due, in order, each deed at its own time. Called
    /// whenever somebody looks at the world, so that nobody sees a deed undone.
    pub fn catch_up(&mut self) {
        let now_ms = self.clock.now_ms();
        while let Some((due_ms, deed)) = self.agenda.take_due(now_ms) {
            self.moment_ms = Some(due_ms);
            match deed {
                Deed::EndPeriod {
                    subscription,
                    paid_until,
                } => self.end_period(&subscription, paid_until),
                Deed::RetryRenewal {
                    subscription,
                    paid_until,
                } => self.retry_renewal(&subscription, paid_until),
                Deed::Charge { invoice, user_id } => {
                    self.charge(&invoice, user_id, Delivery::Normal);
                }
                Deed::EndMembership {
                    community,
                    user_id,
                    link,
                    until,
                } => self.end_membership(community, user_id, &link, until),
                Deed::Step {
                    bot_id,
                    step,
                    is_random,
                } => self.take_step(bot_id, &step, is_random),
            }
        }
        self.moment_ms = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(name: &str) -> Deed {
        Deed::EndPeriod {
            subscription: name.into(),
            paid_until: 0,
        }
    }

    #[test]
    fn deeds_leave_in_the_order_of_time_and_of_planning() {
        let mut agenda = Agenda::default();
        for (due_ms, name) in [(20, "c"), (10, "a"), (10, "b"), (30, "d")] {
            agenda.plan(due_ms, end(name));
        }
        assert_eq!(agenda.next_ms(), Some(10));
        let mut order = Vec::new();
        while let Some((due_ms, Deed::EndPeriod { subscription, .. })) = agenda.take_due(20) {
            order.push((due_ms, subscription));
        }
        let expected = [(10, "a"), (10, "b"), (20, "c")];
        assert_eq!(order, expected.map(|(at, name)| (at, name.to_owned())));
        assert_eq!(agenda.next_ms(), Some(30));
    }
}
