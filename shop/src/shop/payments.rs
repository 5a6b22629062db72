//! Stars in, Stars out.

use super::{Result, Shop};
use crate::{
    domain::{
        ChargeId, ChargeState, EffectId, OrderId, Payment, Precheck, Refund, Refusal, Settled,
        Stars, Subscription, UnixSeconds, UserId, Warning,
    },
    limits,
    steps::{book_refund, note_refusal, precheck, queue_refund, settle},
    store::{Safety, charge, outbox, subscription},
};

/// A word about charging again that Telegram does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedSwitch<'a> {
    /// The row of the outbox that says it.
    pub row: EffectId,
    /// A charge of the subscription.
    pub charge: &'a ChargeId,
    /// Who pays.
    pub buyer: UserId,
    /// The order that began it; nothing when what the charge belongs to is to end.
    pub order: Option<OrderId>,
    /// The stable code of Telegram's answer; nothing when Telegram knows no such subscription.
    pub why: Option<&'static str>,
}

/// Every call fails only where the database does; it has then changed nothing and can be repeated.
impl Shop {
    /// Whether a payment may go ahead; from local state only, in one short transaction. A database
    /// that is too slow is [`Refusal::Busy`], in good time for Telegram.
    pub async fn precheck(
        &self,
        query: &Precheck,
        now: UnixSeconds,
    ) -> Result<std::result::Result<(), Refusal>> {
        let decided = precheck::precheck(self.db(), query, now).await?;
        if decided.is_ok()
            && let Ok(id) = query.payload.parse()
        {
            self.order_changed(id);
        }
        Ok(decided)
    }

    /// Keeps for the story of an order that a payment for it was refused. Called once the answer is
    /// given, and not worth a wait: what takes too long is left out.
    pub async fn note_refusal(
        &self,
        query: &Precheck,
        refusal: &Refusal,
        now: UnixSeconds,
    ) -> Result<()> {
        let note = note_refusal::note_refusal(self.db(), query, refusal, now);
        tokio::time::timeout(limits::REFUSAL_NOTE_WAIT, note)
            .await
            .unwrap_or(Ok(()))
    }

    /// Books a charge once, for good: charge, ledger, order, entitlements and outbox in one
    /// transaction. The only way in for money.
    pub async fn settle(&self, payment: &Payment, now: UnixSeconds) -> Result<Settled> {
        let settled = settle::settle(self.db(), payment, now).await?;
        if let Settled::Granted(id) | Settled::Renewed(id) = &settled {
            self.order_changed(*id);
        }
        if settled != Settled::AlreadyBooked {
            self.outbox_grew();
        }
        Ok(settled)
    }

    /// Books a refund that Telegram reports or that the outbox carried out: ledger, order and
    /// entitlements in one transaction; repeating it changes nothing.
    pub async fn book_refund(&self, refund: &Refund, now: UnixSeconds) -> Result<()> {
        if let Some(id) = book_refund::book_refund(self.db(), refund, self.owners(), now).await? {
            self.order_changed(id);
            self.outbox_grew();
        }
        Ok(())
    }

    /// Books a refund that the outbox has carried out; our own row knows buyer and amount.
    pub async fn refund_carried_out(&self, charge: &ChargeId, now: UnixSeconds) -> Result<()> {
        let known = charge::get(&mut *self.db().read().await?, charge).await?;
        let Some(known) = known else { return Ok(()) };
        let refund = Refund {
            charge: known.id,
            buyer: known.buyer,
            amount: known.stars,
        };
        self.book_refund(&refund, now).await
    }

    /// Queues the refund of a paid order, by the seller; of a subscription it is its last period.
    /// False when there is nothing to give back:
    /// it is not paid, or its refund is on the way. The goods stay until the money is back, or their
    /// paid time is over.
    pub async fn queue_refund(&self, order: OrderId, now: UnixSeconds) -> Result<bool> {
        let queued = queue_refund::refund_order(self.db(), order, now).await?;
        if queued {
            self.outbox_grew();
        }
        Ok(queued)
    }

    /// Queues the refund of a charge that granted something, by the seller. False when there is
    /// nothing to give back; otherwise as [`Shop::queue_refund`].
    pub async fn queue_charge_refund(&self, charge: &ChargeId, now: UnixSeconds) -> Result<bool> {
        let queued = queue_refund::refund_charge(self.db(), charge, now).await?;
        if queued {
            self.outbox_grew();
        }
        Ok(queued)
    }

    /// Where a charge stands; nothing when it is not booked.
    pub async fn charge_state(&self, charge: &ChargeId) -> Result<Option<ChargeState>> {
        let known = charge::get(&mut *self.db().read().await?, charge).await?;
        Ok(known.map(|known| known.state))
    }

    /// Refunds that are owed and not yet done: how many, and their Stars.
    pub async fn refunds_owed(&self) -> Result<(u64, Stars)> {
        charge::owed(&mut *self.db().read().await?).await
    }

    /// Tells the owners that Telegram does not take the word whether it may charge for a
    /// subscription again: once for each such word.
    pub async fn warn_of_refused_switch(
        &self,
        refused: &RefusedSwitch<'_>,
        now: UnixSeconds,
    ) -> Result<()> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        let known = match refused.order {
            Some(order) => subscription::get(&mut tx, order).await?,
            None => None,
        };
        let known = known.map(|known| known.subscription);
        let warning = Warning::SwitchRefused {
            charge: refused.charge.clone(),
            buyer: refused.buyer,
            // As the worker says it: nothing of ours is charged for no more.
            stopped: known.as_ref().is_none_or(Subscription::is_stopped_by_shop),
            title: known.map(|known| known.title),
            why: refused.why.map(str::to_owned),
        };
        let about = format!("renewal:{}", refused.row);
        outbox::owe_warning(&mut tx, self.owners(), &about, &warning, now).await?;
        tx.commit().await?;
        self.outbox_grew();
        Ok(())
    }

    /// Tells the owners, once for each charge, that Telegram does not take its refund.
    pub async fn warn_of_refused_refund(
        &self,
        charge: &ChargeId,
        buyer: UserId,
        why: &str,
        now: UnixSeconds,
    ) -> Result<()> {
        let (charge, why) = (charge.clone(), why.to_owned());
        let about = format!("refund:{charge}");
        let warning = Warning::RefundRefused { charge, buyer, why };
        let mut tx = self.db().begin(Safety::Durable).await?;
        outbox::owe_warning(&mut tx, self.owners(), &about, &warning, now).await?;
        tx.commit().await?;
        self.outbox_grew();
        Ok(())
    }

    /// Tells the owners, once a day, that refunds wait because the bot has too few Stars.
    pub async fn warn_of_low_balance(&self, now: UnixSeconds) -> Result<()> {
        self.warn_daily("balance", &Warning::BalanceTooLow, now)
            .await
    }

    /// Tells the owners, once a day, that another program took the bot's updates.
    pub async fn warn_of_taken_updates(&self, now: UnixSeconds) -> Result<()> {
        self.warn_daily("updates", &Warning::UpdatesTaken, now)
            .await
    }

    async fn warn_daily(&self, what: &str, warning: &Warning, now: UnixSeconds) -> Result<()> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        let about = format!("{what}:{}", now.0 / limits::WARNING_SECONDS);
        outbox::owe_warning(&mut tx, self.owners(), &about, warning, now).await?;
        tx.commit().await?;
        self.outbox_grew();
        Ok(())
    }
}
