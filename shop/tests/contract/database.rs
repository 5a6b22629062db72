//! Opening, migrating and losing the database.

use std::time::{Duration, Instant};

use shop::{Shop, domain::*, store::StoreError};
use sqlx::Connection;

use crate::support::{Engine, Folder, NOW, TestShop, each_database, query, wish};

each_database! {
    async fn a_secret_is_made_once(t: TestShop) {
        let first = t.shop.secret("session").await.unwrap();
        assert_eq!(t.shop.secret("session").await.unwrap(), first);
        assert_ne!(t.shop.secret("webhook").await.unwrap(), first);
        let again = Shop::open(&t.url, &t.folder.0).await.unwrap();
        assert_eq!(again.secret("session").await.unwrap(), first);
    }

    async fn all_is_there_after_a_restart(t: TestShop) {
        let order = t.buy(1, "key", "c1").await;
        let before = t.dump().await;
        t.shop.close().await;
        assert!(t.shop.ping().await.is_err());
        let again = Shop::open(&t.url, &t.folder.0.join("files")).await.unwrap();
        again.ping().await.unwrap();
        assert_eq!(t.dump().await, before);
        assert_eq!(again.order_state(order.id).await.unwrap(), Some(OrderState::Paid));
        // Effects that were owed are still owed.
        assert_eq!(again.lease_effects(NOW, 10).await.unwrap().len(), 1);
    }

    async fn a_newer_database_is_refused_with_a_sentence(t: TestShop) {
        t.run("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
               SELECT 9999, 'from the future', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1").await;
        let refused = Shop::open(&t.url, &t.folder.0).await.unwrap_err();
        assert!(matches!(refused, StoreError::Newer(9999)), "{refused}");
        assert_eq!(refused.code(), "database_newer");
        assert!(refused.to_string().contains("newer version"));
    }

    async fn what_was_worked_long_ago_is_forgotten(t: TestShop) {
        t.shop.receive(1, "{}", NOW).await.unwrap();
        t.shop.receive(2, "[", NOW).await.unwrap();
        for item in t.shop.lease_updates(NOW, 9).await.unwrap() {
            t.shop.end_update(item.lease, shop::Outcome::Done, NOW).await.unwrap();
        }
        assert_eq!(t.shop.sweep(NOW.plus(shop::limits::INBOX_KEPT_SECONDS)).await.unwrap(), 0);
        assert_eq!(t.shop.sweep(NOW.plus(shop::limits::INBOX_KEPT_SECONDS + 1)).await.unwrap(), 1);
        // What nobody could read is kept, dead, for a person to look at.
        assert_eq!(t.count("SELECT COUNT(*) FROM inbox WHERE state = 'dead' AND why = 'not_json'").await, 1);
    }

    /// Invariant "pre-checkout is local": however long the database takes, the answer is in time.
    async fn precheck_is_in_time(t: TestShop) {
        let order = t.open_order(1, "book").await;
        // Somebody else writes and does not stop.
        let mut other = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let block = match t.engine {
            Engine::Postgres => "BEGIN; LOCK TABLE orders",
            _ => "BEGIN IMMEDIATE",
        };
        sqlx::raw_sql(block).execute(&mut other).await.unwrap();
        let asked = Instant::now();
        let answer = t.shop.precheck(&query(&order), NOW).await.unwrap();
        assert_eq!(answer, Err(Refusal::Busy));
        assert!(asked.elapsed() < Duration::from_secs(6), "{:?}", asked.elapsed());
        sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
        drop(other);
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
    }

    /// Two who wait for each other: PostgreSQL ends one of them, for whom trying again helps.
    async fn a_deadlock_is_contention(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        const FIRST: &str = "UPDATE product SET title = title WHERE code = 'book'";
        const SECOND: &str = "UPDATE product SET title = title WHERE code = 'key'";
        let write = async |conn: &mut sqlx::AnyConnection, one: &'static str, other: &'static str, both: &tokio::sync::Barrier| {
            sqlx::raw_sql("BEGIN").execute(&mut *conn).await?;
            sqlx::raw_sql(one).execute(&mut *conn).await?;
            both.wait().await;
            sqlx::raw_sql(other).execute(&mut *conn).await
        };
        let mut left = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let mut right = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let both = tokio::sync::Barrier::new(2);
        let ended = tokio::join!(
            write(&mut left, FIRST, SECOND, &both),
            async {
                let done = write(&mut right, SECOND, FIRST, &both).await;
                sqlx::raw_sql("ROLLBACK").execute(&mut right).await.unwrap();
                done
            }
        );
        let refused = ended.0.err().or(ended.1.err()).map(StoreError::from);
        assert!(matches!(refused, Some(StoreError::Contended)), "{refused:?}");
    }

    async fn waiting_workers_are_woken(t: TestShop) {
        let wait = |future| tokio::time::timeout(Duration::from_secs(5), future);
        t.shop.receive(1, "{}", NOW).await.unwrap();
        wait(t.shop.update_arrived()).await.expect("a row that came before the wait");
        t.buy(1, "book", "c1").await;
        tokio::time::timeout(Duration::from_secs(5), t.shop.effect_arrived()).await.unwrap();
        t.buy(2, "book", "c2").await;
        tokio::time::timeout(Duration::from_secs(5), t.shop.work_arrived()).await.unwrap();
    }
}

/// The same shop in memory: one connection for all, so a step that held one and wanted a second
/// would hang here.
#[tokio::test]
async fn memory_is_enough() {
    let t = TestShop::empty(Engine::Memory).await.unwrap();
    t.shop
        .set_manifest(&crate::support::sample())
        .await
        .unwrap();
    let order = t.shop.open_order(&wish(1, "key"), NOW).await.unwrap();
    t.shop.precheck(&query(&order), NOW).await.unwrap().unwrap();
    let paid = t
        .shop
        .settle(&crate::support::payment(&order, "c1"), NOW)
        .await
        .unwrap();
    assert_eq!(paid, Settled::Granted(order.id));
    for n in 2..4 {
        t.shop.open_order(&wish(n, "key"), NOW).await.unwrap();
    }
    let late = NOW.plus(shop::limits::ORDER_LIFE_SECONDS);
    assert!(
        t.shop.open_order(&wish(9, "key"), late).await.is_ok(),
        "ends stale orders by itself"
    );
    assert_eq!(t.shop.library(UserId(1), "en").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_address_is_told() {
    let folder = Folder::new();
    for address in ["mysql://x", "shop.db", "", "postgresql"] {
        let refused = Shop::open(address, &folder.0).await.unwrap_err();
        assert_eq!(refused.code(), "database_address", "{address}");
    }
}
