//! Those who buy.

use super::{Result, Shop};
use crate::{
    domain::{Buyer, UnixSeconds, UserId},
    steps::deliver,
    store::{Safety, buyer},
};

/// Every call fails only where the database does.
impl Shop {
    /// Remembers a buyer, or what is new about one. A language that the buyer chose stays, and so
    /// does the leave to write: launch data names it only when it is given.
    pub async fn remember_buyer(&self, buyer: &Buyer) -> Result<()> {
        // Relaxed: the next launch tells the same again.
        let mut tx = self.db().begin(Safety::Relaxed).await?;
        buyer::remember(&mut tx, buyer).await?;
        tx.commit().await
    }

    /// A buyer, if known.
    pub async fn buyer(&self, id: UserId) -> Result<Option<Buyer>> {
        buyer::get(&mut *self.db().read().await?, id).await
    }

    /// Keeps the language that the buyer chose.
    pub async fn choose_language(&self, buyer: UserId, language: &str) -> Result<()> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        buyer::choose_language(&mut tx, buyer, language).await?;
        tx.commit().await
    }

    /// Keeps whether the bot may write to the buyer; once it may, goods not yet sent are owed
    /// again.
    pub async fn set_can_write(&self, buyer: UserId, can: bool, now: UnixSeconds) -> Result<()> {
        deliver::set_can_write(self.db(), buyer, can, now).await?;
        self.outbox_grew();
        Ok(())
    }
}
