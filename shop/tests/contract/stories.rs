//! What the operators are told of one order.

use shop::domain::*;

use crate::support::{NOW, TestShop, after, each_database, payment, wish};

async fn told(t: &TestShop, order: &Order) -> String {
    let events = t.shop.order_story(order.id).await.unwrap();
    let lines = events.iter().map(|event| event.what.to_string());
    lines.collect::<Vec<_>>().join("\n")
}

each_database! {
    /// What Telegram is told about charging again belongs to the order's story.
    async fn a_renewal_that_is_stopped_is_told(t: TestShop) {
        let wish = NewOrder { offer: "month".parse().unwrap(), ..wish(1, "club") };
        let order = t.shop.open_order(&wish, NOW).await.unwrap();
        let until = Some(after(30 * 86_400));
        let paid = Payment { recurring: Some(Recurring { until, first: Some(true) }), ..payment(&order, "c_1") };
        t.shop.settle(&paid, NOW).await.unwrap();
        assert!(!told(&t, &order).await.contains("may charge"));

        let stop = RenewalChange::Stop(StoppedBy::Seller);
        assert!(t.shop.change_renewal(order.id, None, stop, after(5)).await.unwrap());
        let owed = "owed to Telegram: the word whether it may charge again (charge c_1)";
        assert_eq!(told(&t, &order).await.matches(owed).count(), 1);

        while let Some(item) = t.shop.lease_effects(after(6), 1).await.unwrap().pop() {
            t.shop.end_effect(item.lease, Outcome::Done, after(6)).await.unwrap();
        }
        let done = "done after 1 tries: the word whether it may charge again (charge c_1)";
        let lines = told(&t, &order).await;
        assert!(lines.contains(done), "{lines}");
    }

    /// The price says how it came about.
    async fn a_promo_code_is_told(t: TestShop) {
        let code: PromoCode = "lamp".parse().unwrap();
        let lamp = Promo {
            code: code.clone(),
            discount: Discount::Percent(30),
            uses: None,
            per_buyer: None,
            starts: None,
            ends: None,
            products: Vec::new(),
        };
        let manifest = t.shop.manifest().await.unwrap();
        t.shop.set_manifest(&Manifest { promos: vec![lamp], ..manifest }).await.unwrap();
        let wish = NewOrder { promo: Some(code), seen_price: Stars(35), ..wish(1, "book") };
        let order = t.shop.open_order(&wish, NOW).await.unwrap();
        let line = "buyer 1 opened the order: “The book” for 35 Stars; promo code LAMP took off 15 Stars";
        assert_eq!(told(&t, &order).await.lines().next(), Some(line));
        let plain = t.open_order(2, "book").await;
        let line = "buyer 2 opened the order: “The book” for 50 Stars";
        assert_eq!(told(&t, &plain).await.lines().next(), Some(line));
    }
}
