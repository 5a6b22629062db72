//! Work that survives a crash.

use super::{Result, Shop};
use crate::{
    domain::{EffectId, InboxItem, Lease, OutboxItem, Outcome, Received, UnixSeconds},
    store::{Safety, inbox, outbox},
};

/// Every call fails only where the database does.
impl Shop {
    /// Stores an update before Telegram is told 200.
    pub async fn receive(&self, update_id: i64, raw: &str, now: UnixSeconds) -> Result<Received> {
        self.keep_update(Some(update_id), raw, now).await
    }

    /// The same for what has no number, so that it cannot be worked: it is kept for a person to read.
    pub async fn receive_unnumbered(&self, raw: &str, now: UnixSeconds) -> Result<Received> {
        self.keep_update(None, raw, now).await
    }

    async fn keep_update(
        &self,
        number: Option<i64>,
        raw: &str,
        now: UnixSeconds,
    ) -> Result<Received> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        let received = inbox::insert(&mut tx, number, raw, now).await?;
        tx.commit().await?;
        self.inbox_grew();
        Ok(received)
    }

    /// Leases updates that are due, oldest first; one at a time for each chat.
    pub async fn lease_updates(&self, now: UnixSeconds, most: u32) -> Result<Vec<InboxItem>> {
        let due = inbox::due(&mut *self.db().read().await?, now, most).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        // Relaxed: a lease that is lost is a lease that ran out.
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        inbox::take_turn(&mut tx).await?;
        let mut leased = Vec::with_capacity(due.len());
        for due in due {
            leased.extend(inbox::lease(&mut tx, due, now).await?);
        }
        tx.commit().await?;
        Ok(leased)
    }

    /// Ends the lease of an update. False when it had run out and another worker has the update now,
    /// who says how it ends.
    pub async fn end_update(
        &self,
        lease: Lease,
        outcome: Outcome,
        now: UnixSeconds,
    ) -> Result<bool> {
        // Relaxed: an update worked twice changes nothing the second time.
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        let ended = inbox::end(&mut tx, &lease, &outcome, now).await?;
        tx.commit().await?;
        // The next one of its queue may be due now.
        self.inbox_grew();
        Ok(ended)
    }

    /// Lets what comes after a leased update in its queue be worked before it is tried again.
    pub async fn let_pass(&self, id: EffectId) -> Result<()> {
        // Relaxed: it is tried again in either queue.
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        inbox::let_pass(&mut tx, id).await?;
        tx.commit().await
    }

    /// Lets updates be worked again that no version understood so far. Gives their number.
    pub async fn offer_parked_updates(&self, now: UnixSeconds) -> Result<u64> {
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        let offered = inbox::offer_parked(&mut tx, now).await?;
        tx.commit().await?;
        self.inbox_grew();
        Ok(offered)
    }

    /// Leases effects that are due, oldest first; one at a time for each chat.
    pub async fn lease_effects(&self, now: UnixSeconds, most: u32) -> Result<Vec<OutboxItem>> {
        let due = outbox::due(&mut *self.db().read().await?, now, most).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        outbox::take_turn(&mut tx).await?;
        let mut leased = Vec::with_capacity(due.len());
        for due in due {
            leased.extend(outbox::lease(&mut tx, due, now).await?);
        }
        tx.commit().await?;
        Ok(leased)
    }

    /// Ends the lease of an effect. False when it had run out and another worker has the effect now,
    /// who says how it ends.
    pub async fn end_effect(
        &self,
        lease: Lease,
        outcome: Outcome,
        now: UnixSeconds,
    ) -> Result<bool> {
        let safety = match outcome {
            // What is put off and lost is tried again sooner, and thousands are put off at once when
            // Telegram asks to wait.
            Outcome::Again { .. } | Outcome::Later { .. } => Safety::Relaxed,
            // A message that is marked as sent must not go out again.
            Outcome::Done | Outcome::Parked { .. } | Outcome::Dead { .. } => Safety::Durable,
        };
        let mut tx = self.db().begin(safety).await?;
        let ended = outbox::end(&mut tx, &lease, &outcome, now).await?;
        tx.commit().await?;
        self.outbox_grew();
        Ok(ended)
    }

    /// Lets a dead update or effect be worked again. False when there is no such dead row.
    pub async fn revive(&self, id: EffectId, now: UnixSeconds) -> Result<bool> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        let revived =
            inbox::revive(&mut tx, id, now).await? || outbox::revive(&mut tx, id, now).await?;
        tx.commit().await?;
        self.inbox_grew();
        self.outbox_grew();
        Ok(revived)
    }

    /// Deletes rows that ended long ago, some at a time. Gives their number, which is
    /// [`crate::limits::SWEEP_BATCH`] or more when there may be more.
    pub async fn sweep(&self, now: UnixSeconds) -> Result<u64> {
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        let swept = inbox::sweep(&mut tx, now).await? + outbox::sweep(&mut tx, now).await?;
        tx.commit().await?;
        Ok(swept)
    }

    /// Wakes when a row may have come into the inbox of this process, or the next of a queue may
    /// be due. A row that came while nobody waited wakes the next one who does. Rows of other
    /// processes, and rows put off, are found by looking every second.
    pub async fn update_arrived(&self) {
        self.parts.inbox.notified().await;
    }

    /// Wakes when a row may have come into the outbox of this process; otherwise as
    /// [`Shop::update_arrived`].
    pub async fn effect_arrived(&self) {
        self.parts.outbox.notified().await;
    }

    /// Wakes when a row may have come into the inbox or outbox of this process: for one worker
    /// that serves both.
    pub async fn work_arrived(&self) {
        tokio::select! {
            () = self.update_arrived() => {}
            () = self.effect_arrived() => {}
        }
    }
}
