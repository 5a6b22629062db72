//! What the person who runs the shop looks at, and does by hand.

use super::{Result, Shop};
use crate::{
    domain::{ChargeId, Event, OrderId, OwedRow, RefundRule, Refundable, UnixSeconds},
    limits,
    steps::queue_refund,
    store::{audit, outbox, selection, story},
};

/// Every call fails only where the database does.
impl Shop {
    /// Everything that happened to an order and to the charges that were paid for it, in order of
    /// time; nothing when there is no such order.
    pub async fn order_story(&self, id: OrderId) -> Result<Vec<Event>> {
        let mut reader = self.db().read().await?;
        let mut events = story::of_order(&mut reader, id).await?;
        for charge in story::charges_of(&mut reader, id).await? {
            events.extend(story::of_charge(&mut reader, &charge).await?);
        }
        // Stable: what happened in one second stays as the tables tell it.
        events.sort_by_key(|event| event.at);
        Ok(events)
    }

    /// Everything that happened to a charge; nothing when it is not booked.
    pub async fn charge_story(&self, id: &ChargeId) -> Result<Vec<Event>> {
        let mut events = story::of_charge(&mut *self.db().read().await?, id).await?;
        events.sort_by_key(|event| event.at);
        Ok(events)
    }

    /// Updates and effects that were put aside, and effects that wait after a failure; oldest
    /// first, [`limits::OWED_SHOWN`] at most.
    pub async fn troubled(&self) -> Result<Vec<OwedRow>> {
        outbox::troubled(&mut *self.db().read().await?, limits::OWED_SHOWN).await
    }

    /// Rules of the books that are broken, in words, and how often: none, ever.
    pub async fn broken_rules(&self) -> Result<Vec<(&'static str, i64)>> {
        audit::broken(&mut *self.db().read().await?).await
    }

    /// The purchases that a rule means, oldest first: paid orders, and periods of subscriptions.
    pub async fn refundable(&self, rule: &RefundRule) -> Result<Vec<Refundable>> {
        selection::refundable(&mut *self.db().read().await?, rule).await
    }

    /// Queues the refund of every purchase that a rule means; each is a transaction of its own, so a
    /// crash midway leaves the rest for the same command again. Gives how many were queued.
    pub async fn queue_refunds(&self, rule: &RefundRule, now: UnixSeconds) -> Result<u64> {
        let mut queued = 0;
        loop {
            let mut progress = false;
            for meant in self.refundable(rule).await? {
                if queue_refund::refund_charge(self.db(), &meant.charge, now).await? {
                    progress = true;
                    queued += 1;
                }
            }
            self.outbox_grew();
            if !progress {
                return Ok(queued);
            }
        }
    }
}
