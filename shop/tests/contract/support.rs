//! A shop to test with, on each database.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use shop::{Shop, domain::*};
use sqlx::{AnyPool, Connection, Row, any::AnyPoolOptions};
use tokio::sync::OnceCell;

#[path = "sample.rs"]
mod sample;

pub(crate) use sample::*;

/// The environment variable that names a PostgreSQL server for tests.
pub(crate) const POSTGRES: &str = "STARFRONT_TEST_POSTGRES_URL";

/// The bot whose ledger is read.
pub(crate) const BOT: UserId = UserId(42);

/// The time at which tests begin.
pub(crate) const NOW: UnixSeconds = UnixSeconds(1_800_000_000);

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file on disk.
    Sqlite,
    /// One connection in memory.
    Memory,
    /// A schema of its own on the server that is named.
    Postgres,
}

/// A shop with a folder of its own, and a look into its tables.
pub(crate) struct TestShop {
    pub(crate) shop: Shop,
    pub(crate) raw: AnyPool,
    pub(crate) url: String,
    pub(crate) folder: Folder,
    pub(crate) engine: Engine,
}

/// A folder that goes with its test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        Self::within(&std::env::temp_dir())
    }

    /// A folder in memory, where the system has one: nothing waits for a disk.
    pub(crate) fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() {
            Self::within(memory)
        } else {
            Self::new()
        }
    }

    fn within(parent: &Path) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("shop-test-{}-{count}", std::process::id());
        let folder = parent.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Makes one test for each database: `each_database! { async fn name(t: TestShop) { … } }`.
/// The PostgreSQL one passes unseen where no server is named; the test task always names one.
macro_rules! each_database {
    ($($(#[$meta:meta])* async fn $name:ident($t:ident: TestShop) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$meta])*
            async fn story($t: $crate::support::TestShop) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let engine = $crate::support::Engine::Sqlite;
                story($crate::support::TestShop::open(engine).await.unwrap()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let engine = $crate::support::Engine::Postgres;
                if let Some(t) = $crate::support::TestShop::open(engine).await {
                    story(t).await;
                }
            }
        }
    )+};
}
pub(crate) use each_database;

impl TestShop {
    /// A shop with the sample catalogue; nothing where the database is not to be had.
    pub(crate) async fn open(engine: Engine) -> Option<Self> {
        let test = Self::empty(engine).await?;
        test.shop.set_manifest(&sample()).await.unwrap();
        Some(test)
    }

    /// A shop with the catalogue of those tests that make thousands: SQLite begins with a copy of a
    /// database that is migrated and filled, in memory.
    pub(crate) async fn open_quickly(engine: Engine, catalogue: &Manifest) -> Option<Self> {
        if engine == Engine::Postgres {
            let test = Self::empty(engine).await?;
            test.shop.set_manifest(catalogue).await.unwrap();
            return Some(test);
        }
        static FILLED: OnceCell<Vec<u8>> = OnceCell::const_new();
        let filled = FILLED.get_or_init(|| async {
            let test = Self::empty(Engine::Sqlite).await.unwrap();
            test.shop.set_manifest(catalogue).await.unwrap();
            let copy = test.folder.0.join("copy.db");
            test.run(&format!("VACUUM INTO '{}'", copy.display())).await;
            std::fs::read(copy).unwrap()
        });
        let (filled, folder) = (filled.await, Folder::in_memory());
        std::fs::write(folder.0.join("shop.db"), filled).unwrap();
        Self::within(folder, engine).await
    }

    /// A shop without a catalogue.
    pub(crate) async fn empty(engine: Engine) -> Option<Self> {
        Self::within(Folder::new(), engine).await
    }

    async fn within(folder: Folder, engine: Engine) -> Option<Self> {
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.0.join("shop.db").display()),
            Engine::Memory => "sqlite::memory:".to_owned(),
            Engine::Postgres => own_schema(&std::env::var(POSTGRES).ok()?).await,
        };
        let shop = Shop::open(&url, &folder.0.join("files")).await.unwrap();
        let raw = AnyPoolOptions::new()
            .max_connections(2)
            .connect_lazy(&url)
            .unwrap();
        Some(Self {
            shop,
            raw,
            url,
            folder,
            engine,
        })
    }

    /// Names the owners.
    pub(crate) fn owned_by(&self, owners: Vec<UserId>) {
        let settings = shop::Settings::default();
        self.shop.configure(shop::Settings { owners, ..settings });
    }

    /// One number out of the tables.
    pub(crate) async fn count(&self, query: &str) -> i64 {
        let query = sqlx::AssertSqlSafe(format!("SELECT CAST(({query}) AS BIGINT) AS n"));
        let row = sqlx::query(query).fetch_one(&self.raw).await.unwrap();
        row.try_get::<Option<i64>, _>("n").unwrap().unwrap_or(0)
    }

    /// Runs a statement behind the shop's back.
    pub(crate) async fn run(&self, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        sqlx::raw_sql(statement).execute(&self.raw).await.unwrap();
    }

    /// Every row of every table, as text: what a transaction left, or did not.
    pub(crate) async fn dump(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for table in TABLES {
            let query = sqlx::AssertSqlSafe(format!("SELECT * FROM {table}"));
            for row in sqlx::query(query).fetch_all(&self.raw).await.unwrap() {
                let values = (0..row.len()).map(|column| {
                    let text = row.try_get::<Option<String>, _>(column);
                    text.map_or_else(
                        |_| format!("{:?}", row.get::<Option<i64>, _>(column)),
                        |t| format!("{t:?}"),
                    )
                });
                lines.push(format!(
                    "{table}: {}",
                    values.collect::<Vec<_>>().join(", ")
                ));
            }
        }
        lines.sort();
        lines
    }

    /// Opens an order and fails the test if it is refused.
    pub(crate) async fn open_order(&self, buyer: i64, product: &str) -> Order {
        self.shop
            .open_order(&wish(buyer, product), NOW)
            .await
            .unwrap()
    }

    /// Opens, prechecks and settles.
    pub(crate) async fn buy(&self, buyer: i64, product: &str, charge: &str) -> Order {
        let order = self.open_order(buyer, product).await;
        assert_eq!(
            self.shop.precheck(&query(&order), NOW).await.unwrap(),
            Ok(())
        );
        let settled = self
            .shop
            .settle(&payment(&order, charge), NOW)
            .await
            .unwrap();
        assert_eq!(settled, Settled::Granted(order.id));
        order
    }

    /// What holds at any moment, whatever happened before.
    pub(crate) async fn assert_sound(&self) {
        let sum: i128 = self
            .shop
            .balances()
            .await
            .unwrap()
            .iter()
            .map(|(_, b)| b.nanostars)
            .sum();
        assert_eq!(sum, 0, "the books balance");
        let broken = self.shop.broken_rules().await.unwrap();
        assert_eq!(broken, [], "rules of the books");
        for (what, wrong) in MORE_RULES {
            assert_eq!(self.count(wrong).await, 0, "{what}");
        }
    }
}

/// The balance of an account, in whole Stars.
pub(crate) async fn balance(t: &TestShop, account: Account) -> i128 {
    let books = t.shop.balances().await.unwrap();
    books
        .into_iter()
        .find(|(a, _)| *a == account)
        .unwrap()
        .1
        .whole_stars()
}

/// What holds besides, as long as the seller changes nothing of the catalogue: queries that must
/// find nothing.
const MORE_RULES: [(&str, &str); 2] = [
    (
        "nothing is oversold",
        "SELECT COUNT(*) FROM pool WHERE live = 1 AND taken > size",
    ),
    (
        "a paid order has all that is sold now",
        "SELECT COUNT(*) FROM orders o WHERE o.state IN ('paid', 'delivered')
      AND NOT EXISTS (SELECT 1 FROM subscription s
                      WHERE s.order_id = o.id AND s.state IN ('lapsed', 'changed'))
      AND (SELECT COUNT(*) FROM entitlement e WHERE e.order_id = o.id AND e.revoked_at IS NULL)
       <> (SELECT COUNT(*) FROM benefit b WHERE b.product = o.product AND b.live = 1)",
    ),
];

/// The tables that a transaction can write to.
pub(crate) const TABLES: [&str; 35] = [
    "allowance",
    "benefit",
    "benefit_text",
    "buyer",
    "category",
    "category_text",
    "charge",
    "code",
    "copy",
    "difference",
    "entitlement",
    "event",
    "hold",
    "inbox",
    "ledger",
    "offer",
    "offer_text",
    "orders",
    "outbox",
    "picture",
    "picture_text",
    "period",
    "pool",
    "product",
    "product_text",
    "profile",
    "promo",
    "promo_buyer",
    "promo_product",
    "promo_use",
    "secret",
    "sent_file",
    "star_mark",
    "star_row",
    "subscription",
];

async fn own_schema(server: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    sqlx::any::install_default_drivers();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("test_{}_{count}", std::process::id());
    let mut admin = sqlx::AnyConnection::connect(server).await.unwrap();
    for statement in [
        format!("DROP SCHEMA IF EXISTS {schema} CASCADE"),
        format!("CREATE SCHEMA {schema}"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut admin)
            .await
            .unwrap();
    }
    admin.close().await.unwrap();
    let mark = if server.contains('?') { '&' } else { '?' };
    format!("{server}{mark}options=-csearch_path%3D{schema}")
}
