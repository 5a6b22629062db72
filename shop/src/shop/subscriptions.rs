//! Rights for a time.

use super::{Result, Shop};
use crate::{
    domain::{ChargeId, OrderId, RenewalChange, Subscription, UnixSeconds, UserId},
    steps::{Switch, change_renewal, switch, turn},
    store::{order, story, subscription},
};

/// Every call fails only where the database does; it has then changed nothing and can be repeated.
impl Shop {
    /// The rights for a time that an order began; nothing where it is unpaid or for good.
    pub async fn subscription(&self, order: OrderId) -> Result<Option<Subscription>> {
        let known = subscription::get(&mut *self.db().read().await?, order).await?;
        Ok(known.map(|known| known.subscription))
    }

    /// Whether an order was opened and no payment for it was heard of yet.
    pub async fn awaits_payment(&self, order: OrderId) -> Result<bool> {
        let mut reader = self.db().read().await?;
        let state = order::state(&mut reader, order).await?;
        let is_unpaid = state.is_some_and(|state| !state.is_granted());
        Ok(is_unpaid && story::charges_of(&mut reader, order).await?.is_empty())
    }

    /// Stops the renewal of a subscription, lets it go on, or notes that it failed; only the
    /// buyer's own, where one is named. What Telegram must know of it is owed. False when there is
    /// nothing to change.
    pub async fn change_renewal(
        &self,
        order: OrderId,
        buyer: Option<UserId>,
        change: RenewalChange,
        now: UnixSeconds,
    ) -> Result<bool> {
        let changed = change_renewal::change_renewal(self.db(), order, buyer, change, now).await?;
        if changed {
            self.order_changed(order);
            self.outbox_grew();
        }
        Ok(changed)
    }

    /// What Telegram is to be told about charging again for what a charge of this buyer belongs to:
    /// as our books say now of the order that began it, or no more where none is named.
    pub async fn switch(
        &self,
        charge: &ChargeId,
        buyer: UserId,
        order: Option<OrderId>,
    ) -> Result<Switch> {
        switch::switch(&mut *self.db().read().await?, charge, buyer, order).await
    }

    /// Reminds buyers of ends and renewals that are near, and ends what is over. Gives how many
    /// were looked at, which is [`crate::limits::EXPIRE_BATCH`] when there may be more.
    pub async fn turn_subscriptions(&self, now: UnixSeconds) -> Result<u64> {
        let (seen, ended) = turn::turn(self.db(), now).await?;
        for order in ended {
            self.order_changed(order);
        }
        if seen > 0 {
            self.outbox_grew();
        }
        Ok(seen as u64)
    }
}
