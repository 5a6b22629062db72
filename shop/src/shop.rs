//! The shop as the server and the pages see it.
//!
//! [`Shop`] decides nothing: it gives each call its connection or its step, and wakes those who
//! wait for what the call changed.

mod buyers;
mod catalogue;
mod goods;
mod operators;
mod orders;
mod payments;
mod queues;
mod reconcile;
mod subscriptions;

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

pub use self::payments::RefusedSwitch;

use tokio::sync::{Notify, broadcast};

use crate::{
    domain::{OrderId, Refusal, UserId, term::SUBSCRIPTION_SECONDS},
    files::Files,
    limits,
    store::{Database, Safety, StoreError, ledger, secret},
};

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

impl OpenOrderError {
    /// The stable code for logs and clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// What a shop is told by its configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The people who are told in the chat what an owner should know.
    pub owners: Vec<UserId>,
    /// Seconds between two payments of a subscription: what Telegram takes there.
    pub subscription_seconds: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            owners: Vec::new(),
            subscription_seconds: SUBSCRIPTION_SECONDS,
        }
    }
}

/// The shop: catalogue, orders, goods, inbox and outbox. Cheap to clone.
#[derive(Clone)]
pub struct Shop {
    parts: Arc<Parts>,
}

struct Parts {
    db: Database,
    files: Files,
    settings: OnceLock<Settings>,
    order_changes: broadcast::Sender<OrderId>,
    inbox: Notify,
    outbox: Notify,
}

impl Shop {
    /// Opens the database (making and migrating it) and the folder of stored files.
    /// `database_url` is `sqlite:…` or `postgres:…`.
    ///
    /// # Errors
    /// [`StoreError::Address`] when it is neither, [`StoreError::Newer`] when a later version has
    /// worked on the database, and whatever the database says.
    pub async fn open(database_url: &str, files: &Path) -> Result<Self> {
        let (order_changes, _) = broadcast::channel(limits::ORDER_CHANGES);
        let parts = Parts {
            db: Database::open(database_url).await?,
            files: Files::open(files).await?,
            settings: OnceLock::new(),
            order_changes,
            inbox: Notify::new(),
            outbox: Notify::new(),
        };
        Ok(Self {
            parts: Arc::new(parts),
        })
    }

    /// Gives the shop its settings. Said once, before the first call that sells or tells
    /// something; until then the defaults hold.
    pub fn configure(&self, settings: Settings) {
        // A second saying changes nothing: these are settings of the whole process.
        let _ = self.parts.settings.set(settings);
    }

    /// The settings that hold.
    pub(crate) fn settings(&self) -> &Settings {
        self.parts.settings.get_or_init(Settings::default)
    }

    /// Whether the database answers (for `/readyz`).
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn ping(&self) -> Result<()> {
        self.db().ping().await
    }

    /// Closes the database after the statements under way. Calls after it fail.
    pub async fn close(&self) {
        self.db().close().await;
    }

    /// Hears of each order that changes, from this process. One who falls behind by more than
    /// [`limits::ORDER_CHANGES`] misses some and should read the order again.
    pub fn order_changes(&self) -> broadcast::Receiver<OrderId> {
        self.parts.order_changes.subscribe()
    }

    /// A secret of this shop, made at first use and kept for good (session keys, webhook secret).
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32]> {
        if let Some(known) = secret::get(&mut *self.db().read().await?, name).await? {
            return Ok(known);
        }
        let mut tx = self.db().begin(Safety::Durable).await?;
        let secret = secret::get_or_keep(&mut tx, name, rand::random()).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// What each account of the ledger holds. Together they are zero.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn balances(&self) -> Result<Vec<(crate::domain::Account, crate::domain::Balance)>> {
        ledger::balances(&mut *self.db().read().await?).await
    }

    fn owners(&self) -> &[UserId] {
        &self.settings().owners
    }

    pub(crate) fn db(&self) -> &Database {
        &self.parts.db
    }

    pub(crate) fn files(&self) -> &Files {
        &self.parts.files
    }

    /// Tells those who follow an order that it changed.
    fn order_changed(&self, id: OrderId) {
        // Nobody may be listening: that is no error.
        let _ = self.parts.order_changes.send(id);
    }

    fn outbox_grew(&self) {
        self.parts.outbox.notify_one();
    }

    fn inbox_grew(&self) {
        self.parts.inbox.notify_one();
    }
}

impl std::fmt::Debug for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shop").finish_non_exhaustive()
    }
}
