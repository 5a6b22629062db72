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
    /// does the leave to write: launch data names it only when it is given. Where it is news, what
    /// waited for it is owed.
    pub async fn remember_buyer(&self, buyer: &Buyer) -> Result<()> {
        deliver::remember(self.db(), buyer).await?;
        if buyer.can_write {
            self.outbox_grew();
        }
        Ok(())
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
    /// again, and what was parked goes out.
    pub async fn set_can_write(&self, buyer: UserId, can: bool, now: UnixSeconds) -> Result<()> {
        deliver::set_can_write(self.db(), buyer, can, now).await?;
        self.outbox_grew();
        Ok(())
    }
}
