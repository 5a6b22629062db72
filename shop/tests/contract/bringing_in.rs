//! A catalogue that is brought in meets sales. On PostgreSQL both could be under way at once, and the
//! tests hold a lock that one of them needs to make them meet where it hurts; SQLite has one writer.

use std::time::Duration;

use shop::{Shop, domain::*};
use sqlx::{AnyConnection, Connection};
use tokio::task::JoinHandle;

use crate::support::{
    Engine, Manifest, NOW, TestShop, after, each_database, payment, query, refund, sample, wish,
};

/// A session of another process that keeps a lock until it is let go.
struct Gate(AnyConnection);

impl Gate {
    async fn close(t: &TestShop, statement: &'static str) -> Self {
        let mut held = AnyConnection::connect(&t.url).await.unwrap();
        sqlx::raw_sql("BEGIN").execute(&mut held).await.unwrap();
        sqlx::raw_sql(statement).execute(&mut held).await.unwrap();
        Self(held)
    }

    async fn open(mut self) {
        sqlx::raw_sql("COMMIT").execute(&mut self.0).await.unwrap();
    }
}

/// Waits until so many sessions of this shop wait for a lock, or until it is clear that they won't.
async fn met(t: &TestShop, waiting: i64) {
    let waiters = "SELECT COUNT(DISTINCT w.pid) FROM pg_locks w JOIN pg_locks l ON l.pid = w.pid
                   WHERE NOT w.granted AND l.relation IN ('product'::regclass, 'pool'::regclass)";
    for _ in 0..40 {
        if t.count(waiters).await >= waiting {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// The sample with another number of copies.
fn with_stock(product: &str, stock: Option<u64>) -> Manifest {
    let mut manifest = sample();
    let mut products = manifest.products.iter_mut();
    let changed = products.find(|known| known.code.as_str() == product);
    changed.unwrap().stock = stock;
    manifest
}

fn bring_in(shop: &Shop, manifest: Manifest) -> JoinHandle<()> {
    let shop = shop.clone();
    tokio::spawn(async move { shop.set_manifest(&manifest).await.unwrap() })
}

/// What is counted as sold or held of an edition, and what orders hold of it.
async fn counted(t: &TestShop, product: &str) -> (i64, i64) {
    let taken = format!("SELECT taken FROM pool WHERE id = 'edition:{product}'");
    let held = format!("SELECT COUNT(*) FROM hold WHERE pool = 'edition:{product}'");
    (t.count(&taken).await, t.count(&held).await)
}

/// The lock that a catalogue needs after it has counted the sales of `book`.
const PRINTS: &str = "UPDATE pool SET taken = taken WHERE id = 'edition:print'";

each_database! {
    /// What ends while a limit comes in holds nothing of it afterwards.
    async fn what_ends_meanwhile_holds_nothing(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        t.open_order(1, "book").await;
        let paid = t.buy(2, "book", "c2").await;
        let gate = Gate::close(&t, PRINTS).await;
        let import = bring_in(&t.shop, with_stock("book", Some(3)));
        met(&t, 1).await;
        let (one, other) = (t.shop.clone(), t.shop.clone());
        let expiry = tokio::spawn(async move { one.expire_orders(after(86_400)).await.unwrap() });
        let back = refund(&paid, "c2");
        let refunding = tokio::spawn(async move { other.book_refund(&back, NOW).await.unwrap() });
        met(&t, 3).await;
        gate.open().await;
        import.await.unwrap();
        assert_eq!(expiry.await.unwrap(), 1);
        refunding.await.unwrap();
        assert_eq!(counted(&t, "book").await, (0, 0));
        t.assert_sound().await;
    }

    /// What is paid late while a limit comes in counts as sold.
    async fn what_is_paid_meanwhile_counts(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        let order = t.open_order(1, "book").await;
        assert_eq!(t.shop.expire_orders(after(86_400)).await.unwrap(), 1);
        let gate = Gate::close(&t, PRINTS).await;
        let import = bring_in(&t.shop, with_stock("book", Some(3)));
        met(&t, 1).await;
        let (shop, payment) = (t.shop.clone(), payment(&order, "c1"));
        let settling = tokio::spawn(async move { shop.settle(&payment, NOW).await.unwrap() });
        met(&t, 2).await;
        gate.open().await;
        import.await.unwrap();
        assert_eq!(settling.await.unwrap(), Settled::Granted(order.id));
        assert_eq!(counted(&t, "book").await, (1, 1));
        t.assert_sound().await;
    }

    /// A limit that is lifted while a payment is settled is no reason to give it back.
    async fn a_limit_lifted_meanwhile_refuses_nobody(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        let order = t.open_order(1, "print").await;
        assert_eq!(t.shop.expire_orders(after(86_400)).await.unwrap(), 1);
        let gate = Gate::close(&t, "UPDATE allowance SET taken = taken WHERE buyer = 1").await;
        let (shop, payment) = (t.shop.clone(), payment(&order, "c1"));
        let settling = tokio::spawn(async move { shop.settle(&payment, NOW).await.unwrap() });
        met(&t, 1).await;
        let import = bring_in(&t.shop, with_stock("print", None));
        met(&t, 2).await;
        gate.open().await;
        import.await.unwrap();
        assert_eq!(settling.await.unwrap(), Settled::Granted(order.id));
        t.assert_sound().await;
    }

    /// Codes that were out of the catalogue for a while are all for sale again, but for those that
    /// somebody has.
    async fn codes_that_come_back_are_all_for_sale(t: TestShop) {
        let without = {
            let mut manifest = sample();
            let key = manifest.products.iter_mut().find(|of| of.code.as_str() == "key");
            key.unwrap().benefits.retain(|benefit| benefit.title != "Code");
            manifest
        };
        t.buy(1, "key", "c1").await;
        let order = t.open_order(2, "key").await;
        assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
        t.shop.set_manifest(&without).await.unwrap();
        // Paid while the codes were away: the link alone is the buyer's.
        t.shop.settle(&payment(&order, "c2"), NOW).await.unwrap();
        t.shop.set_manifest(&sample()).await.unwrap();
        for buyer in [3, 4] {
            t.buy(buyer, "key", &format!("c{buyer}")).await;
        }
        assert!(t.shop.open_order(&wish(5, "key"), NOW).await.is_err());
        assert_eq!(t.count("SELECT COUNT(*) FROM code WHERE entitlement IS NULL").await, 0);
    }
}
