//! Numbered copies of an edition: each number is one buyer's.

use std::collections::BTreeSet;

use shop::{Shop, domain::*};

use crate::support::{NOW, TestShop, after, each_database, payment, refund, wish};

/// The print, an edition of so many, numbered.
async fn numbered(t: &TestShop, stock: u64) {
    edition(t, "print", Some(stock), true).await;
}

/// A product as an edition of so many, or of as many as are wanted.
async fn edition(t: &TestShop, product: &str, stock: Option<u64>, numbered: bool) {
    let mut manifest = t.shop.manifest().await.unwrap();
    let product = manifest
        .products
        .iter_mut()
        .find(|p| p.code.as_str() == product)
        .unwrap();
    (product.stock, product.numbered) = (stock, numbered);
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

    /// A seller makes the edition smaller than it has holders: who pays meanwhile still gets the
    /// goods and a number that nobody else has, and nobody new gets one.
    async fn a_smaller_edition_still_serves_its_holders(t: TestShop) {
        numbered(&t, 3).await;
        for buyer in 1..=2 {
            buy(&t.shop, buyer).await;
        }
        let third = t.open_order(3, "print").await;
        numbered(&t, 1).await;
        let settled = t.shop.settle(&payment(&third, "c3"), NOW).await.unwrap();
        assert_eq!(settled, Settled::Granted(third.id));
        let entry = t.shop.order(third.id, UserId(3)).await.unwrap().unwrap();
        assert_eq!(entry.copy, Some(CopyNumber { number: 3, of: 3 }));
        let refused = t.shop.open_order(&wish(4, "print"), NOW).await;
        assert!(refused.is_err(), "{refused:?}");

        numbered(&t, 4).await;
        let fourth = buy(&t.shop, 4).await;
        assert_eq!(number(&t, &fourth).await, Some(4));
        t.assert_sound().await;
    }

    /// What was sold before there was a limit counts, unless it is over: its place is free.
    async fn what_is_over_takes_no_place_of_a_new_edition(t: TestShop) {
        edition(&t, "club", None, false).await;
        let mut orders = Vec::new();
        for buyer in 1..=3 {
            let wish = NewOrder {
                offer: "week".parse().unwrap(),
                seen_price: Stars(20),
                ..wish(buyer, "club")
            };
            let order = t.shop.open_order(&wish, NOW).await.unwrap();
            let paid = payment(&order, &format!("c{buyer}"));
            t.shop.settle(&paid, NOW).await.unwrap();
            orders.push(order);
        }
        t.shop.book_refund(&refund(&orders[0], "c1"), NOW).await.unwrap();
        let over = after(8 * 86_400);
        while t.shop.turn_subscriptions(over).await.unwrap() > 0 {}
        edition(&t, "club", Some(2), false).await;
        assert_eq!(t.count("SELECT taken FROM pool WHERE id = 'edition:club'").await, 0);
        t.assert_sound().await;
    }

    /// Numbers before codes, as all transactions take them: one that has the edition's row and
    /// wants a code next never waits for one that has the code and wants the row.
    async fn a_number_is_taken_before_a_code(t: TestShop) {
        edition(&t, "key", Some(5), true).await;
        let order = t.open_order(1, "key").await;
        let mut other = t.raw.begin().await.unwrap();
        let edition = "UPDATE pool SET taken = taken WHERE id = 'edition:key'";
        sqlx::query(edition).execute(&mut *other).await.unwrap();
        let shop = t.shop.clone();
        let paid = payment(&order, "c1");
        let settling = tokio::spawn(async move { shop.settle(&paid, NOW).await });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let code = "UPDATE code SET position = position WHERE product = 'key' AND value = 'AAA'";
        sqlx::query(code).execute(&mut *other).await.unwrap();
        other.commit().await.unwrap();
        assert_eq!(settling.await.unwrap().unwrap(), Settled::Granted(order.id));
        t.assert_sound().await;
    }
}
