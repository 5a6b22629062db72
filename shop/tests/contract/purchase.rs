//! The way of a purchase, when all goes well.

use shop::{OpenOrderError, Outcome, Received, domain::*, limits};

use crate::{
    contention::at_once,
    support::{NOW, after, each_database, payment, query, sample, wish},
};

each_database! {
    async fn the_catalogue_is_shown(t: TestShop) {
        assert_eq!(t.shop.manifest().await.unwrap(), sample());
        assert_eq!(t.shop.profile("ru-RU").await.unwrap().name, "Лавка");
        assert_eq!(t.shop.profile("ru").await.unwrap().about, "About");
        assert_eq!(t.shop.categories("ru").await.unwrap()[0].title, "Всё");
        let tiles = t.shop.tiles(&TileQuery { limit: 10, ..Default::default() }, "ru").await.unwrap();
        let titles: Vec<&str> = tiles.iter().map(|tile| tile.title.as_str()).collect();
        assert_eq!(titles, ["Товар book", "Товар print", "Товар key", "Товар pass", "Товар club"]);
        assert_eq!(tiles[0].price, Stars(50));
        assert!(!tiles[0].price_from && !tiles[0].sold_out && tiles[0].picture.is_some());
        let print = t.shop.product(&"print".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!((print.left, print.stock, print.title.as_str()), (Some(3), Some(3), "The print"));
        let key = t.shop.product(&"key".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!((key.left, key.stock, key.benefits.len()), (Some(3), None, 2));
    }

    async fn goods_arrive(t: TestShop) {
        let mut changes = t.shop.order_changes();
        let order = t.buy(7, "key", "c1").await;
        assert_eq!(changes.recv().await, Ok(order.id));
        assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Paid));

        let library = t.shop.library(UserId(7), "en").await.unwrap();
        assert_eq!(library.len(), 1);
        assert_eq!(library[0].order.charge, Some("c1".parse().unwrap()));
        let contents: Vec<&GoodsContent> = library[0].goods.iter().map(|g| &g.content).collect();
        let [GoodsContent::Code { code }, GoodsContent::Link { url }] = contents[..] else {
            panic!("a code and a link, not {contents:?}");
        };
        assert_eq!((code.as_str(), url.as_str()), ("AAA", "https://example.com/"));
        assert_eq!(t.shop.library(UserId(8), "en").await.unwrap(), []);
        assert_eq!(t.shop.order(order.id, UserId(8)).await.unwrap(), None);

        // One after the other, for they go to one chat.
        for left in [1, 0] {
            let effects = t.shop.lease_effects(NOW, 10).await.unwrap();
            assert_eq!(effects.len(), 1);
            let Effect::Deliver { entitlement } = effects[0].effect else { panic!() };
            let delivery = t.shop.delivery(entitlement).await.unwrap().unwrap();
            assert_eq!((delivery.buyer, delivery.order_title.as_str()), (UserId(7), "The key"));
            t.shop.mark_sent(entitlement, None, NOW).await.unwrap();
            t.shop.end_effect(effects[0].lease, Outcome::Done, NOW).await.unwrap();
            let delivered = t.shop.order_state(order.id).await.unwrap() == Some(OrderState::Delivered);
            assert_eq!(delivered, left == 0);
        }
        assert!(t.shop.lease_effects(NOW, 10).await.unwrap().is_empty());
        t.assert_sound().await;
    }

    async fn updates_are_kept_and_leased_in_order(t: TestShop) {
        let message = |id: i64, chat: i64| {
            format!(r#"{{"update_id":{id},"message":{{"chat":{{"id":{chat}}},"text":"{id}"}}}}"#)
        };
        for (id, chat) in [(1, 5), (2, 5), (3, 6)] {
            assert_eq!(t.shop.receive(id, &message(id, chat), NOW).await.unwrap(), Received::New);
        }
        assert_eq!(t.shop.receive(1, &message(1, 5), after(9)).await.unwrap(), Received::Before);
        // The same number with another body is another update: Telegram began to count anew.
        assert_eq!(t.shop.receive(1, &message(1, 7), after(9)).await.unwrap(), Received::New);

        let ids = |items: &[shop::InboxItem]| -> Vec<i64> {
            items.iter().map(|i| i.raw["update_id"].as_i64().unwrap()).collect()
        };
        let first = t.shop.lease_updates(NOW, 10).await.unwrap();
        assert_eq!(ids(&first), [1, 3]);
        assert!(t.shop.lease_updates(NOW, 10).await.unwrap().is_empty());
        let again = Outcome::Again { at: after(5), why: "busy".into() };
        t.shop.end_update(first[0].lease, again, NOW).await.unwrap();
        t.shop.end_update(first[1].lease, Outcome::Done, NOW).await.unwrap();
        // Update 2 waits for update 1.
        assert!(t.shop.lease_updates(after(4), 10).await.unwrap().is_empty());
        let second = t.shop.lease_updates(after(9), 10).await.unwrap();
        assert_eq!(ids(&second), [1, 1]);
        assert_eq!((second[0].tries, second[1].tries), (1, 0));
        let dead = Outcome::Dead { why: "no".into() };
        t.shop.end_update(second[0].lease, dead, after(9)).await.unwrap();
        assert_eq!(ids(&t.shop.lease_updates(after(9), 10).await.unwrap()), [2]);
        // Its worker died: the lease runs out.
        let late = after(9 + shop::limits::INBOX_LEASE_SECONDS);
        assert_eq!(ids(&t.shop.lease_updates(late, 10).await.unwrap()), [2, 1]);
        assert!(t.shop.revive(second[0].id, late).await.unwrap());
        assert_eq!(t.count("SELECT COUNT(*) FROM inbox").await, 4);
    }

    /// A crowd that is being greeted keeps no payment waiting, and no refund or goods wait for words.
    async fn money_is_worked_first(t: TestShop) {
        let greeting = |n: i64| format!(r#"{{"update_id": {n}, "message": {{"chat": {{"id": {n}}}}}}}"#);
        for n in 1..=30 {
            t.shop.receive(n, &greeting(n), NOW).await.unwrap();
        }
        let paid = r#"{"update_id": 31, "message": {"chat": {"id": 30}, "successful_payment": {}}}"#;
        t.shop.receive(31, paid, after(5)).await.unwrap();
        let first = t.shop.lease_updates(after(5), 2).await.unwrap();
        let ids: Vec<_> = first.iter().map(|item| item.raw["update_id"].as_i64()).collect();
        assert_eq!(ids, [Some(31), Some(1)]);

        // A refund and the note about it, then goods for the same chat.
        let order = t.open_order(9, "print").await;
        let unknown = Payment { payload: "unknown".into(), ..payment(&order, "c1") };
        t.shop.settle(&unknown, NOW).await.unwrap();
        t.buy(9, "print", "c2").await;
        let next = async |now| {
            let item = t.shop.lease_effects(now, 1).await.unwrap().remove(0);
            (item.lease, item.id, Urgency::of_effect(&item.effect))
        };
        let (refund, row, money) = next(after(5)).await;
        let (sent, _, goods) = next(after(5)).await;
        assert_eq!((money, goods), (Urgency::Money, Urgency::Goods));
        t.shop.end_effect(sent, Outcome::Done, after(5)).await.unwrap();
        assert_eq!(next(after(5)).await.2, Urgency::Words);

        // A refund that had its turn keeps no goods waiting.
        let again = Outcome::Again { at: after(6), why: "balance".into() };
        t.shop.end_effect(refund, again, after(5)).await.unwrap();
        t.buy(8, "print", "c3").await;
        assert_eq!(next(after(7)).await.2, Urgency::Goods);
        assert_eq!(next(after(7)).await.1, row);
    }

    async fn a_double_tap_opens_one_order(t: TestShop) {
        let first = t.open_order(7, "print").await;
        assert_eq!(t.open_order(7, "print").await, first);
        let later = after(shop::limits::ORDER_LIFE_SECONDS - 60);
        let fresh = t.shop.open_order(&wish(7, "print"), later).await.unwrap();
        assert_ne!(fresh.id, first.id);
        assert_eq!(t.shop.order_state(first.id).await.unwrap(), Some(OrderState::Expired));
        assert_eq!(t.shop.precheck(&query(&first), later).await.unwrap(), Err(Refusal::OrderExpired));
        t.assert_sound().await;
    }

    /// A process that dies with a row in its hands says nothing against the row: only tries that
    /// came to an end count.
    /// A second tap finds the order of the first while a payment form could still be paid to the end,
    /// and where its buyer would agree to the same again.
    async fn an_unpaid_order_is_given_again(t: TestShop) {
        let open = async |wish: &NewOrder, at: i64| t.shop.open_order(wish, after(at)).await.unwrap().id;
        let reuse = limits::ORDER_LIFE_SECONDS - limits::ORDER_REUSE_SECONDS;
        let first = open(&wish(1, "book"), 0).await;
        assert_eq!(open(&wish(1, "book"), reuse - 1).await, first);
        assert_ne!(open(&wish(1, "book"), reuse).await, first);

        // Telegram was told yes: until the order's own end.
        let asked = t.open_order(2, "book").await;
        assert_eq!(t.shop.precheck(&query(&asked), NOW).await.unwrap(), Ok(()));
        let life = limits::PRECHECKED_LIFE_SECONDS;
        assert_eq!(open(&wish(2, "book"), life - 1).await, asked.id);
        assert_ne!(open(&wish(2, "book"), life).await, asked.id);

        let old = t.open_order(3, "book").await;
        let mut dearer = sample();
        dearer.products[0].offers[0].price = Stars(60);
        t.shop.set_manifest(&dearer).await.unwrap();
        let agreed = NewOrder { seen_price: Stars(60), ..wish(3, "book") };
        assert_ne!(open(&agreed, 0).await, old.id);
        t.assert_sound().await;
    }

    /// What cannot be read keeps nobody else's order open, and is an error once nothing else is left.
    async fn an_order_that_cannot_be_read_is_passed_over(t: TestShop) {
        let (broken, other) = (t.open_order(1, "book").await, t.open_order(2, "book").await);
        let breaks = format!(
            "UPDATE orders SET term = 'subscription', term_seconds = NULL, expires_at = 0
             WHERE id = '{}'",
            broken.id
        );
        t.run(&breaks).await;
        let later = after(limits::ORDER_LIFE_SECONDS);
        assert_eq!(t.shop.expire_orders(later).await.unwrap(), 1);
        assert_eq!(t.shop.order_state(other.id).await.unwrap(), Some(OrderState::Expired));
        let error = t.shop.expire_orders(later).await.unwrap_err();
        assert_eq!(error.code(), "database_corrupt");
    }

    /// A sheet that was closed keeps nothing from its own buyer.
    async fn another_offer_takes_the_place_of_a_closed_sheet(t: TestShop) {
        let offer = |offer: &str, price| NewOrder {
            offer: offer.parse().unwrap(),
            seen_price: Stars(price),
            ..wish(1, "club")
        };
        let month = t.shop.open_order(&offer("month", 50), NOW).await.unwrap();
        let week = t.shop.open_order(&offer("week", 20), NOW).await.unwrap();
        assert_eq!(t.shop.order_state(month.id).await.unwrap(), Some(OrderState::Expired));
        assert_eq!(t.shop.precheck(&query(&week), NOW).await.unwrap(), Ok(()));
        // One that is being paid keeps its place, and a try that fails ends nothing.
        let refused = t.shop.open_order(&offer("month", 50), NOW).await;
        assert!(matches!(refused, Err(OpenOrderError::Refused(Refusal::BuyerLimit))), "{refused:?}");
        assert_eq!(t.shop.order_state(week.id).await.unwrap(), Some(OrderState::Prechecked));
        t.assert_sound().await;
    }

    /// Copies that only orders hold whose time is over are free, whoever ends those first.
    async fn overdue_orders_keep_nobody_out(t: TestShop) {
        for buyer in 1..=3 {
            t.open_order(buyer, "print").await;
        }
        let later = after(limits::ORDER_LIFE_SECONDS);
        let opened = at_once(&t, 3, move |shop, n| async move {
            shop.open_order(&wish(10 + n, "print"), later).await.is_ok()
        })
        .await;
        assert_eq!(opened, [true; 3]);
        t.assert_sound().await;
    }

    async fn deaths_are_no_tries(t: TestShop) {
        t.buy(7, "print", "c1").await;
        let mut now = NOW;
        for _ in 0..40 {
            let leased = t.shop.lease_effects(now, 9).await.unwrap();
            assert_eq!((leased.len(), leased[0].tries), (1, 0));
            now = now.plus(shop::limits::OUTBOX_LEASE_SECONDS + 1);
        }
        let leased = t.shop.lease_effects(now, 9).await.unwrap();
        let again = Outcome::Again { at: now, why: "server_error".into() };
        t.shop.end_effect(leased[0].lease, again, now).await.unwrap();
        assert_eq!(t.shop.lease_effects(now, 9).await.unwrap()[0].tries, 1);
    }
}
