//! The shop as the server and the pages see it.

use std::path::Path;

use serde_json::Value;
use tokio::sync::broadcast;

use crate::{domain::*, files::StoredFile, store::StoreError};

type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why an order was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenOrderError {
    /// The shop says no, for a reason that the buyer is told.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether an update is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Stored now.
    New,
    /// Stored before: Telegram sent it again.
    Before,
}

/// An update from the inbox, leased to a worker.
#[derive(Debug, Clone)]
pub struct InboxItem {
    /// Its row.
    pub id: EffectId,
    /// The update as received.
    pub raw: Value,
    /// How often it was tried before.
    pub tries: u32,
}

/// An effect from the outbox, leased to a worker.
#[derive(Debug, Clone)]
pub struct OutboxItem {
    /// Its row.
    pub id: EffectId,
    /// What is to be done.
    pub effect: Effect,
    /// How often it was tried before.
    pub tries: u32,
}

/// How a try of an inbox or outbox item ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done; the row is kept as history.
    Done,
    /// Not now: again at this time.
    Again {
        /// When.
        at: UnixSeconds,
        /// A stable error code.
        why: String,
    },
    /// Never: kept for a person to read, and to send again.
    Dead {
        /// A stable error code.
        why: String,
    },
}

/// The shop: catalogue, orders, goods, inbox and outbox. Cheap to clone.
#[derive(Clone)]
pub struct Shop {}

#[allow(unused_variables, clippy::todo)]
impl Shop {
    /// Opens the database (making and migrating it) and the folder of stored files.
    /// `database_url` is `sqlite:…` or `postgres:…`.
    pub async fn open(database_url: &str, files: &Path) -> Result<Self> {
        todo!()
    }

    /// Whether the database answers (for `/readyz`).
    pub async fn ping(&self) -> Result<()> {
        todo!()
    }

    /// Hears of each order that changes, from this process.
    pub fn order_changes(&self) -> broadcast::Receiver<OrderId> {
        todo!()
    }

    /// A secret of this shop, made at first use and kept for good (session keys, webhook secret).
    pub async fn secret(&self, name: &str) -> Result<[u8; 32]> {
        todo!()
    }

    // ---- catalogue

    /// Name, cover and papers of the shop.
    pub async fn profile(&self, language: &str) -> Result<ShopProfile> {
        todo!()
    }

    /// All categories that hold a product, in the seller's order.
    pub async fn categories(&self, language: &str) -> Result<Vec<Category>> {
        todo!()
    }

    /// Products for a list: featured first, then in the seller's order; by rank when searching.
    pub async fn tiles(&self, query: &TileQuery, language: &str) -> Result<Vec<Tile>> {
        todo!()
    }

    /// One product with all that its page shows.
    pub async fn product(&self, code: &ProductCode, language: &str) -> Result<Option<Product>> {
        todo!()
    }

    /// A picture of the catalogue. Goods files are never reachable this way.
    pub async fn picture(&self, key: &FileKey) -> Result<Option<StoredFile>> {
        todo!()
    }

    /// Pauses or resumes all sales.
    pub async fn set_paused(&self, paused: bool) -> Result<()> {
        todo!()
    }

    // ---- buyers

    /// Remembers a buyer, or what is new about one.
    pub async fn remember_buyer(&self, buyer: &Buyer) -> Result<()> {
        todo!()
    }

    /// A buyer, if known.
    pub async fn buyer(&self, id: UserId) -> Result<Option<Buyer>> {
        todo!()
    }

    /// Keeps the language that the buyer chose.
    pub async fn choose_language(&self, buyer: UserId, language: &str) -> Result<()> {
        todo!()
    }

    /// Keeps whether the bot may write to the buyer; once it may, goods not yet sent are owed again.
    pub async fn set_can_write(&self, buyer: UserId, can: bool, now: UnixSeconds) -> Result<()> {
        todo!()
    }

    // ---- orders

    /// Opens an order and holds its stock; a buyer's own unpaid order for the same offer and price
    /// is given back instead of a second one.
    pub async fn open_order(
        &self,
        new: &NewOrder,
        now: UnixSeconds,
    ) -> std::result::Result<Order, OpenOrderError> {
        todo!()
    }

    /// Keeps the invoice link of an order.
    pub async fn keep_invoice_link(&self, order: OrderId, link: &str) -> Result<()> {
        todo!()
    }

    /// One order, only if it is this buyer's.
    pub async fn order(&self, id: OrderId, buyer: UserId) -> Result<Option<LibraryEntry>> {
        todo!()
    }

    /// State of an order (for the live stream, which knows the id from a signed ticket).
    pub async fn order_state(&self, id: OrderId) -> Result<Option<OrderState>> {
        todo!()
    }

    /// A buyer's purchases, newest first, refunded ones included.
    pub async fn library(&self, buyer: UserId, language: &str) -> Result<Vec<LibraryEntry>> {
        todo!()
    }

    /// Ends orders that were not paid in time and frees what they held. Gives their number.
    pub async fn expire_orders(&self, now: UnixSeconds) -> Result<u64> {
        todo!()
    }

    // ---- payments

    /// Whether a payment may go ahead; from local state only, in one short transaction.
    pub async fn precheck(
        &self,
        query: &Precheck,
        now: UnixSeconds,
    ) -> Result<std::result::Result<(), Refusal>> {
        todo!()
    }

    /// Books a charge once, for good: charge, ledger, order, entitlements and outbox in one
    /// transaction. The only way in for money.
    pub async fn settle(&self, payment: &Payment, now: UnixSeconds) -> Result<Settled> {
        todo!()
    }

    /// Books a refund that Telegram reports or that the outbox carried out: ledger, order and
    /// entitlements in one transaction; repeating it changes nothing.
    pub async fn book_refund(&self, refund: &Refund, now: UnixSeconds) -> Result<()> {
        todo!()
    }

    /// Queues the refund of a paid order, by the seller.
    pub async fn queue_refund(&self, order: OrderId, now: UnixSeconds) -> Result<bool> {
        todo!()
    }

    // ---- goods

    /// One of the buyer's own goods.
    pub async fn goods(&self, entitlement: EntitlementId, buyer: UserId) -> Result<Option<Goods>> {
        todo!()
    }

    /// The file behind an entitlement that is still good, with its name.
    pub async fn goods_file(
        &self,
        entitlement: EntitlementId,
    ) -> Result<Option<(StoredFile, String)>> {
        todo!()
    }

    /// All that is needed to send one benefit; nothing when it was revoked.
    pub async fn delivery(&self, entitlement: EntitlementId) -> Result<Option<Delivery>> {
        todo!()
    }

    /// Notes that a benefit was sent, and Telegram's `file_id` of its file.
    pub async fn mark_sent(
        &self,
        entitlement: EntitlementId,
        file_id: Option<&str>,
        now: UnixSeconds,
    ) -> Result<()> {
        todo!()
    }

    /// Owes a benefit to its buyer once more ("send again").
    pub async fn send_again(
        &self,
        entitlement: EntitlementId,
        buyer: UserId,
        now: UnixSeconds,
    ) -> Result<bool> {
        todo!()
    }

    // ---- inbox and outbox

    /// Stores an update before Telegram is told 200.
    pub async fn receive(&self, update_id: i64, raw: &str, now: UnixSeconds) -> Result<Received> {
        todo!()
    }

    /// Leases updates that are due, oldest first; one at a time for each chat.
    pub async fn lease_updates(&self, now: UnixSeconds, most: u32) -> Result<Vec<InboxItem>> {
        todo!()
    }

    /// Ends the lease of an update.
    pub async fn end_update(&self, id: EffectId, outcome: Outcome, now: UnixSeconds) -> Result<()> {
        todo!()
    }

    /// Leases effects that are due, oldest first.
    pub async fn lease_effects(&self, now: UnixSeconds, most: u32) -> Result<Vec<OutboxItem>> {
        todo!()
    }

    /// Ends the lease of an effect.
    pub async fn end_effect(&self, id: EffectId, outcome: Outcome, now: UnixSeconds) -> Result<()> {
        todo!()
    }

    /// Wakes when a row may have come into the inbox (first) or outbox (second) of this process.
    pub async fn work_arrived(&self) {
        todo!()
    }
}
