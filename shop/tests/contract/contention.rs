//! Many at once: nothing is sold twice, booked twice or worked twice.

use std::{collections::BTreeSet, sync::Arc};

use shop::{Outcome, Shop, domain::*, limits, steps::TelegramBalance};
use tokio::task::JoinSet;

use crate::support::{
    BOT, Engine, ManifestContent, NOW, TestShop, after, each_database, payment, query, refund, wish,
};

/// Shops on the same database, as several processes are on PostgreSQL. SQLite has one.
async fn processes(t: &TestShop) -> Vec<Shop> {
    let mut shops = vec![t.shop.clone()];
    if t.engine == Engine::Postgres {
        shops.push(Shop::open(&t.url, &t.folder.0.join("files")).await.unwrap());
    }
    shops
}

/// Does something many times at once, over all processes. Gives the ends.
pub(crate) async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    t: &TestShop,
    times: i64,
    act: impl Fn(Shop, i64) -> F,
) -> Vec<T> {
    let shops = processes(t).await;
    let mut tasks = JoinSet::new();
    for (number, shop) in (1..=times).zip(shops.iter().cycle()) {
        tasks.spawn(act(shop.clone(), number));
    }
    tasks.join_all().await
}

each_database! {
    async fn stock_is_never_oversold(t: TestShop) {
        let ends = at_once(&t, 60, async |shop, n| shop.open_order(&wish(n, "print"), NOW).await).await;
        assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 3);
        for end in ends.into_iter().filter_map(Result::err) {
            assert_eq!(end.code(), "sold_out");
        }
        t.assert_sound().await;
    }

    async fn a_buyer_at_the_cap_gets_one(t: TestShop) {
        let ends = at_once(&t, 24, async |shop, _| shop.open_order(&wish(1, "pass"), NOW).await).await;
        let orders: BTreeSet<OrderId> = ends.into_iter().map(|end| end.unwrap().id).collect();
        assert_eq!(orders.len(), 1, "one order, given back to every tap");
        t.assert_sound().await;
    }

    async fn each_code_is_given_once(t: TestShop) {
        let mut manifest = t.shop.manifest().await.unwrap();
        let codes = (0..20).map(|n| format!("CODE-{n}")).collect();
        manifest.products[2].benefits[0].content = ManifestContent::Codes(codes);
        t.shop.set_manifest(&manifest).await.unwrap();
        let ends = at_once(&t, 32, async |shop, n| {
            let order = shop.open_order(&wish(n, "key"), NOW).await.ok()?;
            shop.precheck(&query(&order), NOW).await.unwrap().unwrap();
            let settled = shop.settle(&payment(&order, &format!("c{n}")), NOW).await.unwrap();
            assert_eq!(settled, Settled::Granted(order.id));
            let goods = shop.order(order.id, order.buyer).await.unwrap().unwrap().goods;
            match &goods[0].content {
                GoodsContent::Code { code } => Some(code.clone()),
                other => panic!("{other:?}"),
            }
        })
        .await;
        let given: Vec<String> = ends.into_iter().flatten().collect();
        assert_eq!(given.len(), 20);
        assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 20);
        t.assert_sound().await;
    }

    async fn one_charge_reported_many_times(t: TestShop) {
        let order = Arc::new(t.open_order(1, "key").await);
        let ends = at_once(&t, 24, |shop, _| {
            let order = Arc::clone(&order);
            async move { shop.settle(&payment(&order, "c1"), NOW).await.unwrap() }
        })
        .await;
        assert_eq!(ends.iter().filter(|end| **end == Settled::Granted(order.id)).count(), 1);
        assert_eq!(ends.iter().filter(|end| **end == Settled::AlreadyBooked).count(), 23);
        t.assert_sound().await;
    }

    async fn one_order_paid_many_times(t: TestShop) {
        let order = Arc::new(t.open_order(1, "key").await);
        let ends = at_once(&t, 16, |shop, n| {
            let order = Arc::clone(&order);
            async move { shop.settle(&payment(&order, &format!("c{n}")), NOW).await.unwrap() }
        })
        .await;
        let twice = Settled::Refunding(RefundReason::PaidTwice);
        assert_eq!(ends.iter().filter(|end| **end == Settled::Granted(order.id)).count(), 1);
        assert_eq!(ends.iter().filter(|end| **end == twice).count(), 15);
        t.assert_sound().await;
    }

    /// The worker of each process and a person at the command line look at the same moment, while
    /// the updates come after all.
    async fn many_looks_and_updates_book_each_charge_once(t: TestShop) {
        let (mut rows, mut orders) = (Vec::new(), Vec::new());
        for n in 1..=6 {
            let order = t.open_order(n, "book").await;
            rows.push(StarRow {
                id: format!("c{n}"),
                direction: Direction::In,
                // An affiliate got 5 of the 50.
                amount: Amount::whole(Stars(45)),
                at: NOW,
                kind: StarRowKind::Sale {
                    buyer: order.buyer,
                    payload: order.id.to_string(),
                    commission: Some(Amount::whole(Stars(5))),
                    recurring: false,
                },
                raw: serde_json::json!({"n": n}),
            });
            orders.push(order);
        }
        let seen = Arc::new((rows, orders));
        let has = TelegramBalance { balance: Balance::new(270, 0), rows: 6 };
        let ends = at_once(&t, 12, |shop, n| {
            let seen = Arc::clone(&seen);
            async move {
                let (rows, orders) = &*seen;
                if n % 3 == 0 {
                    for (order, n) in orders.iter().zip(1..) {
                        shop.settle(&payment(order, &format!("c{n}")), NOW).await.unwrap();
                    }
                    return 0;
                }
                shop.keep_star_rows(0, rows, NOW).await.unwrap();
                let mut worked = 0;
                while let Some(ends) = Some(shop.work_star_rows(NOW).await.unwrap()).filter(|e| !e.is_empty()) {
                    worked += ends.len();
                }
                shop.compare(Some(has), NOW).await.unwrap();
                worked
            }
        })
        .await;
        assert!(ends.iter().sum::<usize>() >= 6);
        assert_eq!(t.count("SELECT COUNT(*) FROM charge WHERE state = 'granted'").await, 6);
        assert_eq!(t.count("SELECT COUNT(*) FROM ledger WHERE kind = 'commission'").await, 6);
        assert_eq!(t.shop.star_rows_read(BOT, NOW).await.unwrap(), 6);
        assert!(t.shop.compare(Some(has), NOW).await.unwrap().found.is_empty());
        assert_eq!(t.shop.differences().await.unwrap(), []);
        t.assert_sound().await;
    }

    async fn expiry_payment_and_refund_meet(t: TestShop) {
        let end = after(limits::ORDER_LIFE_SECONDS);
        for round in 0..6 {
            let (order, charge) = (t.open_order(1, "print").await, format!("c{round}"));
            let (order, charge) = (Arc::new(order), Arc::new(charge));
            at_once(&t, 6, |shop, n| {
                let (order, charge) = (Arc::clone(&order), Arc::clone(&charge));
                async move {
                    match n % 3 {
                        0 => drop(shop.expire_orders(end).await.unwrap()),
                        1 => drop(shop.settle(&payment(&order, &charge), end).await.unwrap()),
                        _ => shop.book_refund(&refund(&order, &charge), end).await.unwrap(),
                    }
                }
            })
            .await;
            // Whoever was first, the money is back and the copy free.
            t.shop.expire_orders(end).await.unwrap();
            t.assert_sound().await;
            assert_eq!(t.count("SELECT COUNT(*) FROM charge WHERE state <> 'refunded'").await, 0);
            assert_eq!(t.count("SELECT SUM(taken) FROM pool").await, 0);
        }
    }

    async fn each_row_is_leased_to_one_worker(t: TestShop) {
        for n in 0..40 {
            let raw = format!("{{\"message\":{{\"chat\":{{\"id\":{}}}}},\"n\":{n}}}", n % 10);
            t.shop.receive(n, &raw, NOW).await.unwrap();
        }
        let worked = at_once(&t, 8, async |shop, _| {
            let mut worked = Vec::new();
            for _ in 0..40 {
                for item in shop.lease_updates(NOW, 3).await.unwrap() {
                    worked.push((item.raw["message"]["chat"]["id"].as_i64(), item.raw["n"].as_i64()));
                    shop.end_update(item.lease, Outcome::Done, NOW).await.unwrap();
                }
            }
            worked
        })
        .await;
        let all: Vec<_> = worked.iter().flatten().collect();
        assert_eq!(all.len(), 40, "each once");
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 40);
        for mine in worked {
            for chat in 0..10 {
                let order: Vec<_> = mine.iter().filter(|(c, _)| *c == Some(chat)).collect();
                assert!(order.is_sorted(), "a chat in order: {order:?}");
            }
        }
    }
}
