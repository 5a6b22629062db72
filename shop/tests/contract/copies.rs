//! Numbered copies of an edition: each number is one buyer's.

use std::collections::BTreeSet;

use shop::{Shop, domain::*};

use crate::support::{NOW, TestShop, each_database, payment, refund, wish};

/// The print, an edition of so many, numbered.
async fn numbered(t: &TestShop, stock: u64) {
    let mut manifest = t.shop.manifest().await.unwrap();
    let print = manifest
        .products
        .iter_mut()
        .find(|p| p.code.as_str() == "print")
        .unwrap();
    (print.stock, print.numbered) = (Some(stock), true);
    t.shop.set_manifest(&manifest).await.unwrap();
    assert_eq!(t.shop.manifest().await.unwrap(), manifest);
}

async fn number(t: &TestShop, order: &Order) -> Option<u64> {
    let entry = t.shop.order(order.id, order.buyer).await.unwrap().unwrap();
    let library = t.shop.library(order.buyer, "en").await.unwrap();
    let listed = library
        .iter()
        .find(|listed| listed.order.id == order.id)
        .unwrap();
    assert_eq!(listed.copy, entry.copy);
    entry.copy.map(|copy| copy.number)
}

/// Everything of one buyer, from order to charge.
async fn buy(shop: &Shop, buyer: i64) -> Order {
    let order = shop.open_order(&wish(buyer, "print"), NOW).await.unwrap();
    let settled = shop
        .settle(&payment(&order, &format!("c{buyer}")), NOW)
        .await
        .unwrap();
    assert_eq!(settled, Settled::Granted(order.id));
    order
}

each_database! {
    async fn a_number_that_came_back_is_given_again(t: TestShop) {
        numbered(&t, 3).await;
        let mut orders = Vec::new();
        for buyer in 1..=3 {
            let order = buy(&t.shop, buyer).await;
            assert_eq!(number(&t, &order).await, Some(buyer as u64));
            orders.push(order);
        }
        let entry = t.shop.order(orders[0].id, UserId(1)).await.unwrap().unwrap();
        let delivery = t.shop.delivery(entry.goods[0].entitlement).await.unwrap().unwrap();
        assert_eq!(delivery.copy, Some(CopyNumber { number: 1, of: 3 }));
        let back = refund(&orders[1], "c2");
        t.shop.book_refund(&back, NOW).await.unwrap();
        assert_eq!(number(&t, &orders[1]).await, None);
        let next = buy(&t.shop, 4).await;
        assert_eq!(number(&t, &next).await, Some(2));
        assert_eq!(number(&t, &orders[2]).await, Some(3));
        t.assert_sound().await;
    }

    async fn copies_without_numbers_have_none(t: TestShop) {
        let order = t.buy(1, "print", "c1").await;
        assert_eq!(number(&t, &order).await, None);
    }

    /// Buyers who pay in the same moment get numbers of their own, without a gap.
    async fn numbers_are_given_once(t: TestShop) {
        numbered(&t, 20).await;
        let mut buyers = tokio::task::JoinSet::new();
        for buyer in 1..=20 {
            let shop = t.shop.clone();
            buyers.spawn(async move { buy(&shop, buyer).await });
        }
        let mut given = BTreeSet::new();
        while let Some(order) = buyers.join_next().await {
            given.insert(number(&t, &order.unwrap()).await.unwrap());
        }
        assert_eq!(given, (1..=20).collect());
        t.assert_sound().await;
    }
}
