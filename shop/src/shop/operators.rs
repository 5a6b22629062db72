//! What the person who runs the shop looks at, and does by hand.

use super::{Result, Shop};
use crate::{
    domain::{
        ChargeId, EffectId, Event, OrderId, QueueLoad, RefundRule, Refundable, Troubles,
        UnixSeconds, Warning, WholeRow,
    },
    limits,
    steps::queue_refund,
    store::{Safety, audit, outbox, selection, story, trouble},
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
        events.sort_by_key(Event::place);
        Ok(events)
    }

    /// Everything that happened to a charge; nothing when it is not booked.
    pub async fn charge_story(&self, id: &ChargeId) -> Result<Vec<Event>> {
        let mut events = story::of_charge(&mut *self.db().read().await?, id).await?;
        events.sort_by_key(Event::place);
        Ok(events)
    }

    /// Updates and effects that were put aside, and those that wait after a failure; the oldest of
    /// each, [`limits::OWED_SHOWN`] at most.
    pub async fn troubled(&self) -> Result<Troubles> {
        trouble::troubled(&mut *self.db().read().await?, limits::OWED_SHOWN).await
    }

    /// One update or effect, whole; nothing when there is no such row.
    pub async fn row(&self, id: EffectId) -> Result<Option<WholeRow>> {
        trouble::row(&mut *self.db().read().await?, id).await
    }

    /// Lets everything that was put aside be tried again. Gives how many rows.
    pub async fn revive_all(&self, now: UnixSeconds) -> Result<u64> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        let revived = trouble::revive_all(&mut tx, now).await?;
        tx.commit().await?;
        self.inbox_grew();
        self.outbox_grew();
        Ok(revived)
    }

    /// How much lies in inbox and outbox.
    pub async fn queue_loads(&self) -> Result<Vec<QueueLoad>> {
        trouble::loads(&mut *self.db().read().await?).await
    }

    /// Tells the owners of updates, goods and money that were put aside. What comes within the hour
    /// after such a word is told together when the hour is over.
    pub async fn warn_of_rows_put_aside(&self, now: UnixSeconds) -> Result<()> {
        let mut reader = self.db().read().await?;
        let Some(put_aside) = trouble::put_aside(&mut reader).await? else {
            return Ok(());
        };
        let told = outbox::warned_at(&mut reader, "aside:").await?;
        drop(reader);
        let is_told = |told: UnixSeconds| {
            told >= put_aside.last || now < told.plus(limits::PUT_ASIDE_SECONDS)
        };
        if told.is_some_and(is_told) {
            return Ok(());
        }
        let about = format!("aside:{}", now.0);
        let warning = Warning::PutAside {
            updates: put_aside.updates,
            effects: put_aside.effects,
        };
        let mut tx = self.db().begin(Safety::Durable).await?;
        outbox::owe_warning(&mut tx, self.owners(), &about, &warning, now).await?;
        tx.commit().await?;
        self.outbox_grew();
        Ok(())
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
