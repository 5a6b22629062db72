//! Every Star that Telegram took ends as goods or on its way back, once.

use shop::{Outcome, domain::*, limits};

use crate::support::{
    ManifestContent, NOW, after, balance, benefit, each_database, payment, query, refund, wish,
};

/// Leases what is owed, all of it, and marks it done.
async fn owed(shop: &shop::Shop, now: UnixSeconds) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        let leased = shop.lease_effects(now, 100).await.unwrap();
        if leased.is_empty() {
            return effects;
        }
        for item in leased {
            shop.end_effect(item.lease, Outcome::Done, now)
                .await
                .unwrap();
            effects.push(item.effect);
        }
    }
}

fn refused(refusal: Refusal) -> Settled {
    Settled::Refunding(RefundReason::Refused { refusal })
}

each_database! {
    async fn intent_first(t: TestShop) {
        // The payload is the id of an order that is stored, and nothing else.
        let order = t.open_order(7, "book").await;
        assert_eq!(t.count("SELECT COUNT(*) FROM orders WHERE state = 'opened'").await, 1);
        assert_eq!(order.id.to_string().len(), 32);
        t.shop.keep_invoice_link(order.id, "https://t.me/$x").await.unwrap();
        assert_eq!(t.open_order(7, "book").await.invoice_link.as_deref(), Some("https://t.me/$x"));
        let other = t.open_order(8, "book").await;
        assert_ne!(order.id, other.id);
    }

    async fn charge_booked_once(t: TestShop) {
        let order = t.buy(7, "key", "c1").await;
        let before = t.dump().await;
        for _ in 0..3 {
            let again = t.shop.settle(&payment(&order, "c1"), after(99)).await.unwrap();
            assert_eq!(again, Settled::AlreadyBooked);
        }
        // The same charge, reported with another body: still the same fact.
        let odd = Payment { payload: "junk".into(), amount: 1, ..payment(&order, "c1") };
        assert_eq!(t.shop.settle(&odd, after(99)).await.unwrap(), Settled::AlreadyBooked);
        assert_eq!(t.dump().await, before);
    }

    async fn two_ends_only(t: TestShop) {
        let order = t.open_order(7, "book").await;
        let good = |charge: &str| payment(&order, charge);
        let unknown = || refused(Refusal::UnknownOrder);
        let cases = [
            (Payment { payload: "{\"id\":1}".into(), ..good("c1") }, unknown()),
            (Payment { payload: String::new(), ..good("c2") }, unknown()),
            (Payment { payload: "0".repeat(32), ..good("c3") }, unknown()),
            (Payment { buyer: UserId(8), ..good("c4") }, refused(Refusal::AnotherBuyer)),
            (Payment { amount: 49, ..good("c5") }, refused(Refusal::WrongAmount)),
            (Payment { amount: -50, ..good("c6") }, refused(Refusal::WrongAmount)),
            (Payment { currency: "USD".into(), ..good("c7") }, refused(Refusal::WrongAmount)),
            (good("c8"), Settled::Granted(order.id)),
            (good("c9"), Settled::Refunding(RefundReason::PaidTwice)),
        ];
        for (payment, end) in &cases {
            assert_eq!(t.shop.settle(payment, NOW).await.unwrap(), *end, "{payment:?}");
            assert_eq!(t.shop.settle(payment, NOW).await.unwrap(), Settled::AlreadyBooked);
        }
        t.assert_sound().await;
        let effects = owed(&t.shop, NOW).await;
        for (payment, end) in &cases {
            let (charge, buyer) = (payment.charge.clone(), payment.buyer);
            let owes = effects.contains(&Effect::Refund { charge, buyer });
            assert_eq!(owes, matches!(end, Settled::Refunding(_)), "{payment:?}");
        }
        let told = effects.iter().filter(|e| matches!(e, Effect::Tell { .. })).count();
        assert_eq!(told, 8);

        // The worker has given all of it back.
        let stars = |payment: &Payment| u64::try_from(payment.amount).unwrap_or(0);
        for (payment, end) in &cases {
            if matches!(end, Settled::Refunding(_)) {
                let amount = Stars(if payment.currency == "XTR" { stars(payment) } else { 0 });
                let back = Refund { charge: payment.charge.clone(), buyer: payment.buyer, amount };
                t.shop.book_refund(&back, NOW).await.unwrap();
            }
        }
        assert_eq!(balance(&t, Account::Telegram).await, 50);
        assert_eq!((balance(&t, Account::Sales).await, balance(&t, Account::Owed).await), (-50, 0));
        assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Paid));
        assert_eq!(t.count("SELECT COUNT(*) FROM charge WHERE state = 'refunding'").await, 0);
        assert!(owed(&t.shop, NOW).await.is_empty(), "a second refund tells nothing twice");
        t.assert_sound().await;
    }

    async fn late_payments_are_granted_while_there_is_stock(t: TestShop) {
        let late = after(limits::ORDER_LIFE_SECONDS);
        let first = t.open_order(1, "print").await;
        let second = t.open_order(2, "print").await;
        let pass = t.open_order(3, "pass").await;
        let book = t.open_order(4, "book").await;
        assert_eq!(t.shop.expire_orders(late).await.unwrap(), 4);
        assert_eq!(t.shop.expire_orders(late).await.unwrap(), 0);
        t.assert_sound().await;
        let full = t.shop.product(&"print".parse().unwrap(), "en").await.unwrap().unwrap();
        assert_eq!(full.left, Some(3));
        for buyer in [5, 6] {
            t.buy(buyer, "print", &format!("other{buyer}")).await;
        }
        assert_eq!(t.shop.settle(&payment(&first, "c1"), late).await.unwrap(), Settled::Granted(first.id));
        assert_eq!(t.shop.settle(&payment(&second, "c2"), late).await.unwrap(), refused(Refusal::SoldOut));
        // One a person: the same buyer has bought another one since.
        t.buy(3, "pass", "c3").await;
        assert_eq!(t.shop.settle(&payment(&pass, "c4"), late).await.unwrap(), refused(Refusal::BuyerLimit));
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products.retain(|product| product.code.as_str() != "book");
        t.shop.set_manifest(&manifest).await.unwrap();
        assert_eq!(t.shop.settle(&payment(&book, "c5"), late).await.unwrap(), refused(Refusal::NotForSale));
        t.assert_sound().await;
    }

    async fn a_hold_outlives_the_order_once_prechecked(t: TestShop) {
        let order = t.open_order(1, "print").await;
        let last = after(limits::ORDER_LIFE_SECONDS - 1);
        assert_eq!(t.shop.precheck(&query(&order), last).await.unwrap(), Ok(()));
        assert_eq!(t.shop.expire_orders(after(limits::ORDER_LIFE_SECONDS)).await.unwrap(), 0);
        let end = last.plus(limits::PRECHECKED_LIFE_SECONDS);
        assert_eq!(t.shop.expire_orders(end).await.unwrap(), 1);
    }

    async fn an_open_order_sold_before_withdrawal_is_granted(t: TestShop) {
        let order = t.open_order(1, "book").await;
        t.shop.precheck(&query(&order), NOW).await.unwrap().unwrap();
        t.shop.set_paused(true).await.unwrap();
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products.remove(0);
        t.shop.set_manifest(&manifest).await.unwrap();
        let settled = t.shop.settle(&payment(&order, "c1"), NOW).await.unwrap();
        assert_eq!(settled, Settled::Granted(order.id));
        t.assert_sound().await;
    }

    async fn precheck_refuses_with_a_reason(t: TestShop) {
        let order = t.open_order(1, "book").await;
        let ask = query(&order);
        let refuse = async |query: &Precheck, now| t.shop.precheck(query, now).await.unwrap().unwrap_err();
        assert_eq!(refuse(&Precheck { payload: "x".into(), ..ask.clone() }, NOW).await, Refusal::UnknownOrder);
        assert_eq!(refuse(&Precheck { buyer: UserId(2), ..ask.clone() }, NOW).await, Refusal::AnotherBuyer);
        assert_eq!(refuse(&Precheck { amount: 51, ..ask.clone() }, NOW).await, Refusal::WrongAmount);
        assert_eq!(refuse(&ask, order.expires_at).await, Refusal::OrderExpired);
        t.shop.set_paused(true).await.unwrap();
        assert_eq!(refuse(&ask, NOW).await, Refusal::ShopPaused);
        t.shop.set_paused(false).await.unwrap();
        let mut manifest = t.shop.manifest().await.unwrap();
        manifest.products[0].offers[0].price = Stars(60);
        t.shop.set_manifest(&manifest).await.unwrap();
        assert_eq!(refuse(&ask, NOW).await, Refusal::PriceChanged { now: Stars(60) });
        manifest.products.remove(0);
        t.shop.set_manifest(&manifest).await.unwrap();
        assert_eq!(refuse(&ask, NOW).await, Refusal::NotForSale);
        assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Opened));
    }

    async fn the_client_is_never_believed(t: TestShop) {
        let refuse = async |new: NewOrder| t.shop.open_order(&new, NOW).await.unwrap_err().code();
        assert_eq!(refuse(NewOrder { seen_price: Stars(1), ..wish(1, "book") }).await, "price_changed");
        assert_eq!(refuse(wish(1, "nothing")).await, "not_for_sale");
        assert_eq!(refuse(NewOrder { offer: "gold".parse().unwrap(), ..wish(1, "book") }).await, "not_for_sale");
        t.buy(1, "pass", "c1").await;
        assert_eq!(refuse(wish(1, "pass")).await, "buyer_limit");
        for buyer in 2..5 {
            t.open_order(buyer, "print").await;
        }
        assert_eq!(refuse(wish(9, "print")).await, "sold_out");
        let tiles = t.shop.tiles(&TileQuery { limit: 9, ..Default::default() }, "en").await.unwrap();
        assert_eq!(tiles.iter().filter(|tile| tile.sold_out).count(), 1);
        // Nobody paid: a later wish ends the stale orders by itself.
        let late = after(limits::ORDER_LIFE_SECONDS);
        assert!(t.shop.open_order(&wish(9, "print"), late).await.is_ok());
        t.assert_sound().await;
    }

    async fn a_refund_takes_the_goods_back(t: TestShop) {
        let order = t.buy(1, "key", "c1").await;
        let print = t.buy(1, "print", "c2").await;
        let pass = t.buy(1, "pass", "c3").await;
        let goods = t.shop.order(order.id, UserId(1)).await.unwrap().unwrap().goods;
        assert!(t.shop.queue_refund(order.id, NOW).await.unwrap());
        assert!(!t.shop.queue_refund(order.id, NOW).await.unwrap(), "it is on its way");
        assert_eq!(balance(&t, Account::Owed).await, -50);
        assert!(t.shop.goods(goods[0].entitlement, UserId(1)).await.unwrap().is_some());

        for (order, charge) in [(&order, "c1"), (&print, "c2"), (&pass, "c3")] {
            for _ in 0..2 {
                t.shop.book_refund(&refund(order, charge), NOW).await.unwrap();
            }
            assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Refunded));
        }
        assert!(t.shop.goods(goods[0].entitlement, UserId(1)).await.unwrap().is_none());
        assert!(t.shop.delivery(goods[0].entitlement).await.unwrap().is_none());
        assert!(!t.shop.send_again(goods[0].entitlement, UserId(1), NOW).await.unwrap());
        assert!(!t.shop.queue_refund(order.id, NOW).await.unwrap());
        let library = t.shop.library(UserId(1), "en").await.unwrap();
        assert!(library.len() == 3 && library.iter().all(|entry| entry.goods.is_empty()));
        for account in Account::ALL {
            assert_eq!(balance(&t, account).await, 0, "{account:?}");
        }
        // A copy of an edition is for sale again, a code that was seen is not, and a place under
        // the cap is free again.
        let left = async |code: &str| t.shop.product(&code.parse().unwrap(), "en").await.unwrap().unwrap().left;
        assert_eq!((left("print").await, left("key").await), (Some(3), Some(2)));
        t.buy(1, "pass", "c4").await;
        let told = owed(&t.shop, NOW).await.into_iter().filter(|effect| matches!(effect,
            Effect::Tell { note: Note::Refunded { .. }, .. })).count();
        assert_eq!(told, 3);
        // Paid again with the old link: refunded by itself.
        let again = t.shop.settle(&payment(&order, "c5"), NOW).await.unwrap();
        assert_eq!(again, Settled::Refunding(RefundReason::PaidTwice));
        t.assert_sound().await;
    }

    async fn the_refund_of_a_second_payment_leaves_the_first_alone(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        t.shop.settle(&payment(&order, "c2"), NOW).await.unwrap();
        t.shop.book_refund(&refund(&order, "c2"), NOW).await.unwrap();
        assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Paid));
        let entry = t.shop.order(order.id, UserId(1)).await.unwrap().unwrap();
        assert_eq!(entry.goods.len(), 2);
        t.assert_sound().await;
    }

    async fn a_refund_may_come_before_its_payment(t: TestShop) {
        let order = t.open_order(1, "book").await;
        t.shop.book_refund(&refund(&order, "c1"), NOW).await.unwrap();
        t.shop.book_refund(&refund(&order, "c1"), NOW).await.unwrap();
        let settled = t.shop.settle(&payment(&order, "c1"), NOW).await.unwrap();
        assert_eq!(settled, Settled::AlreadyBooked);
        assert_eq!(t.shop.order_state(order.id).await.unwrap(), Some(OrderState::Opened));
        assert_eq!(balance(&t, Account::Telegram).await, 0);
        t.assert_sound().await;
    }

    /// So much is owed at once, and the rest when the buyer comes again.
    async fn much_that_was_never_sent_is_owed_in_parts(t: TestShop) {
        let mut manifest = t.shop.manifest().await.unwrap();
        let text = |n| benefit(&format!("Text {n}"), ManifestContent::Text("Secret".into()));
        manifest.products[0].benefits = (0..limits::BENEFITS_MOST).map(text).collect();
        t.shop.set_manifest(&manifest).await.unwrap();
        let mut unsent = 0;
        while unsent <= limits::UNSENT_MOST {
            t.buy(1, "book", &format!("c{unsent}")).await;
            unsent = t.count("SELECT COUNT(*) FROM entitlement").await;
        }
        for owed in [limits::UNSENT_MOST, unsent - limits::UNSENT_MOST, 0] {
            t.run("DELETE FROM outbox").await;
            t.shop.set_can_write(UserId(1), true, after(60)).await.unwrap();
            assert_eq!(t.count("SELECT COUNT(*) FROM outbox").await, owed);
            t.run("UPDATE entitlement SET sent_at = 1
                   WHERE 'deliver:' || id IN (SELECT fact FROM outbox)").await;
        }
    }

    async fn goods_wait_for_leave_to_write(t: TestShop) {
        let buyer = Buyer {
            id: UserId(1),
            first_name: "Ann".into(),
            language: "ru".into(),
            can_write: false,
            seen_at: NOW,
        };
        t.shop.remember_buyer(&buyer).await.unwrap();
        t.buy(1, "book", "c1").await;
        // The worker finds that it may not write.
        for _ in 0..2 {
            let item = t.shop.lease_effects(NOW, 1).await.unwrap().remove(0);
            let dead = Outcome::Dead { why: "blocked".into() };
            t.shop.end_effect(item.lease, dead, NOW).await.unwrap();
        }
        t.shop.set_can_write(UserId(1), true, after(60)).await.unwrap();
        t.shop.set_can_write(UserId(1), true, after(61)).await.unwrap();
        let sent = owed(&t.shop, after(61)).await;
        assert_eq!(sent.len(), 2);
        let Effect::Deliver { entitlement } = sent[0] else { panic!() };
        assert_eq!(t.shop.delivery(entitlement).await.unwrap().unwrap().language, "ru");
        t.shop.mark_sent(entitlement, Some("file-1"), NOW).await.unwrap();
        assert_eq!(t.shop.delivery(entitlement).await.unwrap().unwrap().file_id.as_deref(), Some("file-1"));
        assert!(!t.shop.send_again(entitlement, UserId(2), NOW).await.unwrap());
        assert!(t.shop.send_again(entitlement, UserId(1), NOW).await.unwrap());
        assert!(t.shop.send_again(entitlement, UserId(1), NOW).await.unwrap());
        assert_eq!(owed(&t.shop, NOW).await, [Effect::Deliver { entitlement }]);
        // A launch tells nothing about the leave, and takes neither it nor a chosen language away.
        t.shop.choose_language(UserId(1), "de").await.unwrap();
        t.shop.remember_buyer(&buyer).await.unwrap();
        let known = t.shop.buyer(UserId(1)).await.unwrap().unwrap();
        assert_eq!((known.can_write, known.language.as_str()), (true, "de"));
    }
}
