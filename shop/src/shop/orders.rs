//! Intents to buy, and what became of them.

use std::collections::HashMap;

use super::{OpenOrderError, Result, Shop};
use crate::{
    domain::{
        Goods, LibraryEntry, NewOrder, Order, OrderId, OrderState, Picture, ProductCode,
        Subscription, UnixSeconds, UserId,
    },
    limits,
    steps::{expire, open_order},
    store::{Safety, charge, copy, goods, order, product, subscription},
};

/// Every call fails only where the database does, or where it says otherwise.
impl Shop {
    /// Opens an order and holds its stock; a buyer's own unpaid order for the same offer and price
    /// is given back instead of a second one.
    ///
    /// # Errors
    /// [`OpenOrderError::Refused`] with the reason, when the shop says no.
    pub async fn open_order(
        &self,
        new: &NewOrder,
        now: UnixSeconds,
    ) -> std::result::Result<Order, OpenOrderError> {
        let seconds = self.settings().subscription_seconds;
        open_order::open_order(self.db(), new, seconds, now).await
    }

    /// Keeps the invoice link of an order.
    pub async fn keep_invoice_link(&self, order: OrderId, link: &str) -> Result<()> {
        let mut tx = self.db().begin(Safety::Durable).await?;
        order::keep_link(&mut tx, order, link).await?;
        tx.commit().await
    }

    /// One order, only if it is this buyer's.
    pub async fn order(&self, id: OrderId, buyer: UserId) -> Result<Option<LibraryEntry>> {
        let mut reader = self.db().read().await?;
        let Some(order) = order::get(&mut reader, id).await? else {
            return Ok(None);
        };
        if order.buyer != buyer {
            return Ok(None);
        }
        let language = order::language(&mut reader, id).await?;
        let pictures = product::first_pictures(&mut reader, buyer.0, &language).await?;
        let picture = pictures
            .into_iter()
            .find(|(code, _)| *code == order.product);
        Ok(Some(LibraryEntry {
            goods: goods::of_order(&mut reader, id).await?,
            picture: picture.map(|(_, picture)| picture),
            copy: copy::of_order(&mut reader, id).await?,
            subscription: subscription::get(&mut reader, id)
                .await?
                .map(|known| known.subscription),
            returns: charge::returns_of(&mut reader, id, buyer).await?,
            order,
        }))
    }

    /// State of an order (for the live stream, which knows the id from a signed ticket).
    pub async fn order_state(&self, id: OrderId) -> Result<Option<OrderState>> {
        order::state(&mut *self.db().read().await?, id).await
    }

    /// A buyer's purchases, newest first, refunded ones included.
    pub async fn library(&self, buyer: UserId, language: &str) -> Result<Vec<LibraryEntry>> {
        let mut reader = self.db().read().await?;
        let orders = order::paid_of(&mut reader, buyer, limits::LIBRARY_MOST).await?;
        let pictures = product::first_pictures(&mut reader, buyer.0, language).await?;
        let pictures: HashMap<ProductCode, Picture> = pictures.into_iter().collect();
        let mut by_order: HashMap<OrderId, Vec<Goods>> = HashMap::new();
        for (order, goods) in goods::of_buyer(&mut reader, buyer, language).await? {
            by_order.entry(order).or_default().push(goods);
        }
        let mut copies = copy::of_buyer(&mut reader, buyer).await?;
        let terms = subscription::of_buyer(&mut reader, buyer).await?;
        let mut terms: HashMap<OrderId, Subscription> =
            terms.into_iter().map(|term| (term.order, term)).collect();
        let entry = |order: Order| LibraryEntry {
            subscription: terms.remove(&order.id),
            copy: copies.remove(&order.id),
            picture: pictures.get(&order.product).cloned(),
            goods: by_order.remove(&order.id).unwrap_or_default(),
            returns: Vec::new(),
            order,
        };
        Ok(orders.into_iter().map(entry).collect())
    }

    /// Ends orders that were not paid in time and frees what they held. Gives their number, which
    /// is [`limits::EXPIRE_BATCH`] when there may be more.
    pub async fn expire_orders(&self, now: UnixSeconds) -> Result<u64> {
        let ended = expire::expire(self.db(), now).await?;
        for id in &ended {
            self.order_changed(*id);
        }
        Ok(ended.len() as u64)
    }
}
