//! What buyers have a right to.

use super::{Result, Shop};
use crate::{
    domain::{Delivery, EntitlementId, FileKey, Goods, GoodsContent, UnixSeconds, UserId},
    files::{FileStream, Shelf, StoredFile},
    steps::deliver,
    store::goods,
};

/// Every call fails only where the database or the folder of files does.
impl Shop {
    /// One of the buyer's own goods.
    pub async fn goods(&self, entitlement: EntitlementId, buyer: UserId) -> Result<Option<Goods>> {
        let delivery = self.delivery(entitlement).await?;
        Ok(delivery
            .filter(|delivery| delivery.buyer == buyer)
            .map(|delivery| delivery.goods))
    }

    /// The file behind an entitlement that is still good, with its name. It is held in memory
    /// whole: see [`Shop::goods_stream`] for large ones.
    pub async fn goods_file(
        &self,
        entitlement: EntitlementId,
    ) -> Result<Option<(StoredFile, String)>> {
        let Some((key, name)) = self.file_of(entitlement).await? else {
            return Ok(None);
        };
        let file = self.files().whole(Shelf::Goods, &key).await?;
        Ok(file.map(|file| (file, name)))
    }

    /// The file behind an entitlement that is still good, in chunks, with its name.
    pub async fn goods_stream(
        &self,
        entitlement: EntitlementId,
    ) -> Result<Option<(FileStream, String)>> {
        let Some((key, name)) = self.file_of(entitlement).await? else {
            return Ok(None);
        };
        let file = self.files().stream(Shelf::Goods, &key).await?;
        Ok(file.map(|file| (file, name)))
    }

    async fn file_of(&self, entitlement: EntitlementId) -> Result<Option<(FileKey, String)>> {
        let delivery = self.delivery(entitlement).await?;
        Ok(delivery.and_then(|delivery| match delivery.goods.content {
            GoodsContent::File { file, name, .. } => Some((file, name)),
            _ => None,
        }))
    }

    /// All that is needed to send one benefit; nothing when it was revoked.
    pub async fn delivery(&self, entitlement: EntitlementId) -> Result<Option<Delivery>> {
        goods::delivery(&mut *self.db().read().await?, entitlement).await
    }

    /// Notes that a benefit was sent, and Telegram's `file_id` of its file.
    pub async fn mark_sent(
        &self,
        entitlement: EntitlementId,
        file_id: Option<&str>,
        now: UnixSeconds,
    ) -> Result<()> {
        if let Some(id) = deliver::mark_sent(self.db(), entitlement, file_id, now).await? {
            self.order_changed(id);
        }
        Ok(())
    }

    /// Owes a benefit to its buyer once more ("send again"). False when it is not the buyer's, or
    /// not any more.
    pub async fn send_again(
        &self,
        entitlement: EntitlementId,
        buyer: UserId,
        now: UnixSeconds,
    ) -> Result<bool> {
        let owed = deliver::send_again(self.db(), entitlement, buyer, now).await?;
        if owed {
            self.outbox_grew();
        }
        Ok(owed)
    }
}
