//! What meets in one moment, and what hangs or comes back where it should not.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use shop::{OpenOrderError, domain::*, steps::RowEnd, store::StoreError};
use sqlx::Connection;

use crate::{
    contention::at_once,
    subscriptions::{MONTH, begun, join, paid, standing},
    support::{
        BOT, Engine, ManifestContent, ManifestProduct, NOW, TestShop, after, balance, benefit,
        each_database, offer, product, query, sample, wish,
    },
};

const STAR: i128 = 1_000_000_000;

/// Waits until somebody waits for a table.
async fn waits_for(t: &TestShop, table: &str) {
    let waits = format!(
        "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass"
    );
    while t.count(&waits).await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn sale(order: &Order, charge: &str, direction: Direction, recurring: bool) -> StarRow {
    StarRow {
        id: charge.to_owned(),
        direction,
        amount: Amount::from_nanostars(45 * STAR).unwrap(),
        at: NOW,
        kind: StarRowKind::Sale {
            buyer: order.buyer,
            payload: order.id.to_string(),
            commission: Amount::from_nanostars(5 * STAR),
            recurring,
        },
        raw: json!({ "id": charge }),
    }
}

each_database! {
    /// A stop is a promise: a renewal in the same moment does not undo it.
    async fn a_stop_and_a_renewal_meet(t: TestShop) {
        let order = Arc::new(join(&t, 1, "month", "c0", NOW).await);
        for round in 1..=8 {
            let at = after(round * MONTH);
            let (stop, allow) = (RenewalChange::Stop(StoppedBy::Buyer), RenewalChange::Allow(StoppedBy::Buyer));
            at_once(&t, 2, |shop, n| {
                let order = Arc::clone(&order);
                async move {
                    if n == 1 {
                        let renewal = paid(&order, &format!("c{round}"), at);
                        shop.settle(&renewal, at).await.unwrap();
                    } else {
                        shop.change_renewal(order.id, Some(order.buyer), stop, at).await.unwrap();
                    }
                }
            })
            .await;
            let now = standing(&t, &order).await;
            assert_eq!(now.stopped_by, Some(StoppedBy::Buyer), "round {round}: {now:?}");
            assert!(t.shop.change_renewal(order.id, Some(order.buyer), allow, at).await.unwrap());
            // What was stopped in time went back, and is paid now after all.
            let again = paid(&order, &format!("again{round}"), at);
            t.shop.settle(&again, at).await.unwrap();
            t.assert_sound().await;
        }
    }

    /// The stop comes from another process while the renewal has looked and not yet written. Without a
    /// lock the renewal would find the stop and lift it.
    async fn a_stop_waits_for_the_renewal_under_way(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        let order = join(&t, 1, "month", "c1", NOW).await;
        let at = after(MONTH);
        let mut gate = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        // The renewal reads how the subscription stands, and then waits for its periods.
        let locks = "BEGIN; LOCK TABLE period IN ACCESS EXCLUSIVE MODE";
        sqlx::raw_sql(locks).execute(&mut gate).await.unwrap();
        let (shop, renewal) = (t.shop.clone(), paid(&order, "c2", at));
        let settling = tokio::spawn(async move { shop.settle(&renewal, at).await.unwrap() });
        waits_for(&t, "period").await;
        let stop = format!(
            "UPDATE subscription SET state = 'canceled', stopped_by = 'buyer', version = version + 1
             WHERE order_id = '{}'",
            order.id
        );
        let mut other = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let stopping = tokio::spawn(async move {
            let stop = sqlx::AssertSqlSafe(stop);
            sqlx::raw_sql(stop).execute(&mut other).await.map(drop).unwrap();
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        sqlx::raw_sql("COMMIT").execute(&mut gate).await.unwrap();
        assert_eq!(settling.await.unwrap(), Settled::Renewed(order.id));
        stopping.await.unwrap();
        assert_eq!(standing(&t, &order).await.stopped_by, Some(StoppedBy::Buyer));
    }

    /// One buyer pays two plans of a product: one gives way to the other.
    async fn two_plans_paid_in_one_moment(t: TestShop) {
        let text = ManifestContent::Text("The **secret**".into());
        let offers = vec![
            offer("plain", 50, OfferTerm::Subscription),
            offer("golden", 50, OfferTerm::Subscription),
        ];
        let paper = ManifestProduct { offers, ..product("paper", vec![benefit("Text", text)]) };
        let mut catalogue = sample();
        catalogue.products.push(paper);
        t.shop.set_manifest(&catalogue).await.unwrap();
        for buyer in 1..=8 {
            let mut orders = Vec::new();
            for plan in ["plain", "golden"] {
                let wish = NewOrder { offer: plan.parse().unwrap(), ..wish(buyer, "paper") };
                let order = t.shop.open_order(&wish, NOW).await.unwrap();
                assert_eq!(t.shop.precheck(&query(&order), NOW).await.unwrap(), Ok(()));
                orders.push(order);
            }
            let orders = Arc::new(orders);
            let settled = at_once(&t, 2, |shop, n| {
                let orders = Arc::clone(&orders);
                async move {
                    let order = &orders[usize::from(n == 1)];
                    shop.settle(&begun(order, &format!("{buyer}:{n}"), NOW), NOW).await.unwrap()
                }
            })
            .await;
            assert!(settled.iter().all(|end| matches!(end, Settled::Granted(_))), "{settled:?}");
            let running = "SELECT COUNT(*) FROM subscription WHERE state = 'active' AND buyer = ";
            assert_eq!(t.count(&format!("{running}{buyer}")).await, 1, "buyer {buyer}");
        }
        t.assert_sound().await;
    }

    /// A process that hangs with a lock in its hand: the others say that they could not, and go on
    /// with all else. SQLite has one process.
    async fn who_hangs_stops_no_other(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        let mut hanging = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let locks = "BEGIN; UPDATE pool SET taken = taken WHERE product = 'print'";
        sqlx::raw_sql(locks).execute(&mut hanging).await.unwrap();
        let refused = t.shop.open_order(&wish(1, "print"), NOW).await.unwrap_err();
        assert!(matches!(refused, OpenOrderError::Store(StoreError::Contended)), "{refused:?}");
        t.buy(2, "book", "c2").await;
        sqlx::raw_sql("ROLLBACK").execute(&mut hanging).await.unwrap();
        t.buy(1, "print", "c1").await;
    }

    /// A row of Telegram's ledger that says something new is worked again, and its cut stays one.
    async fn a_row_that_says_something_new_books_no_cut_twice(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        t.shop.star_rows_read(BOT, NOW).await.unwrap();
        for recurring in [false, true] {
            let row = sale(&order, "c1", Direction::In, recurring);
            t.shop.keep_star_rows(0, &[row], NOW).await.unwrap();
            assert_eq!(t.shop.work_star_rows(NOW).await.unwrap(), [RowEnd::Known]);
        }
        assert_eq!(balance(&t, Account::Affiliates).await, 5);
        t.assert_sound().await;
    }

    /// The refund of a payment that is not booked yet is the payment's: it is no movement of
    /// somebody else's.
    async fn a_refund_waits_for_no_payment(t: TestShop) {
        let order = t.open_order(1, "book").await;
        t.shop.star_rows_read(BOT, NOW).await.unwrap();
        let rows = [Direction::In, Direction::Out].map(|way| sale(&order, "c1", way, false));
        t.shop.keep_star_rows(0, &rows, NOW).await.unwrap();
        // The payment's row is passed over, as one in trouble is.
        t.run("UPDATE star_row SET state = 'worked' WHERE direction = 'in'").await;
        t.shop.work_star_rows(NOW).await.unwrap();
        t.run("UPDATE star_row SET state = 'new' WHERE direction = 'in'").await;
        t.shop.work_star_rows(NOW).await.unwrap();
        assert_eq!(t.count("SELECT COUNT(*) FROM charge WHERE state = 'refunded'").await, 1);
        assert_eq!(balance(&t, Account::Telegram).await, 0);
        assert_eq!(balance(&t, Account::Elsewhere).await, 0);
        t.assert_sound().await;
    }

    /// What a newer version owes is kept for it, and nobody else waits.
    async fn an_effect_that_cannot_be_read_stops_no_other(t: TestShop) {
        t.buy(1, "book", "c1").await;
        t.run("UPDATE outbox SET body = '{\"effect\":\"dance\"}'").await;
        t.buy(2, "book", "c2").await;
        let leased = t.shop.lease_effects(NOW, 10).await.unwrap();
        assert!(!leased.is_empty());
        let troubled = t.shop.troubled().await.unwrap();
        assert!(troubled.dead.iter().all(|row| row.dead && row.why == "unreadable"), "{troubled:?}");
        assert!(!troubled.dead.is_empty() && troubled.waiting.is_empty());
    }
}
