//! What the operators are told of one order.

use shop::{domain::*, limits};

use crate::{
    subscriptions::{join, paid},
    support::{NOW, TestShop, after, each_database, payment, query, refund, wish},
};

async fn told(t: &TestShop, order: &Order) -> String {
    let events = t.shop.order_story(order.id).await.unwrap();
    let lines = events.iter().map(|event| event.what.to_string());
    lines.collect::<Vec<_>>().join("\n")
}

/// When something was told to have happened.
async fn when(t: &TestShop, order: &Order, part: &str) -> UnixSeconds {
    let events = t.shop.order_story(order.id).await.unwrap();
    let found = events
        .iter()
        .find(|event| event.what.to_string().contains(part));
    found.unwrap_or_else(|| panic!("{part} in {events:?}")).at
}

/// Carries out all that is owed.
async fn work(t: &TestShop, now: UnixSeconds) {
    loop {
        let leased = t.shop.lease_effects(now, 10).await.unwrap();
        if leased.is_empty() {
            return;
        }
        for item in leased {
            if let Effect::Deliver { entitlement } = item.effect {
                t.shop.mark_sent(entitlement, None, now).await.unwrap();
            }
            t.shop
                .end_effect(item.lease, Outcome::Done, now)
                .await
                .unwrap();
        }
    }
}

/// The lines in this order, each somewhere behind the one before.
fn in_order(story: &str, parts: &[&str]) {
    let mut rest = story;
    for part in parts {
        let at = rest.find(part);
        let at = at.unwrap_or_else(|| panic!("{part:?}, in its place, in\n{story}"));
        rest = &rest[at + part.len()..];
    }
}

each_database! {
    /// What a newer version wrote is shown in its own words by an older one that a seller went back to,
    /// and stops no comparison.
    async fn words_of_another_version_are_shown(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        t.run(&format!("INSERT INTO event (id, order_id, at, what, detail) VALUES ('e1', '{}', 1, 'sung', '{{\"what\":\"sung\"}}')", order.id)).await;
        t.run("UPDATE charge SET reason = '{\"code\":\"mood\"}' WHERE id = 'c1'").await;
        t.run("INSERT INTO difference (id, code, subject, ours, theirs, state, found_at)
               VALUES ('00000000000000000000000000000001', 'colour_differs', 'in:c1', '{}', '{}', 'open', 1)").await;
        let story = told(&t, &order).await;
        for words in ["sung", "mood", "found by another"] {
            assert!(story.contains(words), "{words} in\n{story}");
        }
        t.shop.compare(None, NOW).await.unwrap();
        let open = t.shop.differences().await.unwrap();
        assert_eq!(open[0].finding.code, DifferenceCode::Unknown);
    }

    /// What Telegram is told about charging again belongs to the order's story, and so does who
    /// wanted it.
    async fn a_renewal_that_is_stopped_is_told(t: TestShop) {
        let order = join(&t, 1, "month", "c_1", NOW).await;
        assert!(!told(&t, &order).await.contains("may charge"));

        let stop = RenewalChange::Stop(StoppedBy::Seller);
        assert!(t.shop.change_renewal(order.id, None, stop, after(5)).await.unwrap());
        let owed = "to be done: telling Telegram whether it may charge again (charge c_1)";
        assert_eq!(told(&t, &order).await.matches(owed).count(), 1);

        work(&t, after(6)).await;
        let done = "done after 1 try: telling Telegram whether it may charge again (charge c_1)";
        let lines = told(&t, &order).await;
        assert!(lines.contains(done), "{lines}");

        let changes = [
            RenewalChange::Allow(StoppedBy::Seller),
            RenewalChange::Allow(StoppedBy::Telegram),
            RenewalChange::Stop(StoppedBy::Buyer),
        ];
        for (change, at) in changes.into_iter().zip(10..) {
            assert!(t.shop.change_renewal(order.id, None, change, after(at)).await.unwrap());
        }
        in_order(&told(&t, &order).await, &[
            "the renewal was stopped by the seller",
            "the stop of the renewal was taken back by the seller",
            "the buyer took the renewal up again, in Telegram",
            "the renewal was stopped by the buyer, in the shop",
        ]);
    }

    /// The price says how it came about.
    async fn a_promo_code_and_what_it_took_off_are_told(t: TestShop) {
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

    /// What happened in one second is told as it must have happened, in words alone.
    async fn a_quick_purchase_is_told_in_order(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        work(&t, NOW).await;
        assert!(t.shop.queue_refund(order.id, NOW).await.unwrap());
        t.shop.book_refund(&refund(&order, "c1"), NOW).await.unwrap();
        work(&t, NOW).await;
        let story = told(&t, &order).await;
        in_order(&story, &[
            "buyer 1 opened the order",
            "the shop told Telegram to go ahead",
            "Telegram took 50 Stars from buyer 1 (charge c1)",
            &format!("charge c1 was booked for order {}, told by an update", order.id),
            "books: 50 Stars from sales to telegram (payment)",
            "the buyer got the right to “File”",
            "to be done: sending “File” to buyer 1 in the chat",
            "done after 1 try: sending “File” to buyer 1 in the chat",
            "“File” was sent in the chat",
            "charge c1 is to go back: the seller gives it back",
            "to be done: giving the Stars of charge c1 back to buyer 1",
            "the money of charge c1 was back with its buyer",
            "the right to “File” was taken back",
            "to be done: telling buyer 1 that “The book” was given back for 50 Stars",
        ]);
        for raw in ["{", "deliver:", "refund:", "tell:", "XTR"] {
            assert!(!story.contains(raw), "{raw} in {story}");
        }
    }

    /// A refund of weeks later was decided then, and not when the charge was booked.
    async fn the_reason_stands_where_it_was_given(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        let weeks = after(30 * 86_400);
        assert!(t.shop.queue_refund(order.id, weeks).await.unwrap());
        assert_eq!(when(&t, &order, "the seller gives it back").await, weeks);
        let twice = t.shop.settle(&payment(&order, "c2"), after(9)).await.unwrap();
        assert_eq!(twice, Settled::Refunding(RefundReason::PaidTwice));
        let decided = "charge c2 is to go back: the same was paid already";
        assert_eq!(when(&t, &order, decided).await, after(9));
        in_order(&told(&t, &order).await, &["their 50 Stars come back", "the seller gives it back"]);
    }

    /// A store's chargeback is told apart from the shop's own refund, and the owner learns whose.
    async fn what_a_store_takes_back_is_told_as_that(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        let (own, taken) = (t.buy(1, "book", "c1").await, t.buy(2, "book", "c2").await);
        assert!(t.shop.queue_charge_refund(&"c1".parse().unwrap(), after(1)).await.unwrap());
        t.shop.book_refund(&refund(&own, "c1"), after(2)).await.unwrap();
        t.shop.book_refund(&refund(&taken, "c2"), after(2)).await.unwrap();
        let unasked = "was back with its buyer: Telegram or a store took it back, not the shop";
        assert!(!told(&t, &own).await.contains(unasked));
        let story = told(&t, &taken).await;
        assert!(story.contains(unasked), "{story}");
        assert!(story.contains("telling owner 900 that “The book” was taken back"), "{story}");
        let kept = "SELECT COUNT(*) FROM charge WHERE id = 'c2' AND reason LIKE '%taken_back%'";
        assert_eq!(t.count(kept).await, 1);
        let leased = t.shop.lease_effects(after(3), 100).await.unwrap();
        let purchase = leased.into_iter().find_map(|item| match item.effect {
            Effect::Warn { warning: Warning::Chargeback { purchase, .. }, .. } => purchase,
            _ => None,
        });
        let (charge, order, buyer) = ("c2".parse().unwrap(), taken.id, UserId(2));
        assert_eq!(purchase, Some(Purchase { charge, order, buyer }));
    }

    /// A payment that was refused beforehand: the last few of them, and of no stranger's invoice.
    async fn refused_payments_are_told(t: TestShop) {
        let order = t.open_order(1, "book").await;
        let odd = Precheck { amount: 49, ..query(&order) };
        let refusal = t.shop.precheck(&odd, NOW).await.unwrap().unwrap_err();
        t.shop.note_refusal(&odd, &refusal, NOW).await.unwrap();
        let line = "buyer 1 was about to pay, and the shop said no: the amount is not the order's";
        assert!(told(&t, &order).await.contains(line));
        let other = Precheck { buyer: UserId(8), ..query(&order) };
        for second in 1..=limits::REFUSALS_KEPT {
            t.shop.note_refusal(&other, &Refusal::AnotherBuyer, after(second)).await.unwrap();
        }
        let story = told(&t, &order).await;
        let line = "buyer 8 was about to pay, and the shop said no: the order belongs to another";
        assert_eq!(story.matches(line).count(), usize::try_from(limits::REFUSALS_KEPT).unwrap());
        assert!(!story.contains("buyer 1 was about to pay"), "{story}");
        for payload in ["junk".to_owned(), "0".repeat(32)] {
            let stranger = Precheck { payload, ..query(&order) };
            t.shop.note_refusal(&stranger, &Refusal::UnknownOrder, NOW).await.unwrap();
        }
        assert_eq!(t.count("SELECT COUNT(*) FROM event").await, limits::REFUSALS_KEPT);
    }

    /// What was left of a plan is told at both orders, and so is its end.
    async fn credit_is_told_at_both_orders(t: TestShop) {
        let month = join(&t, 1, "month", "c1", NOW).await;
        let week = join(&t, 1, "week", "c2", after(15 * 86_400)).await;
        let seconds = t.shop.subscription(week.id).await.unwrap().unwrap().credit;
        assert!(seconds > 0);
        let given = told(&t, &month).await;
        let there = format!("what was left of it went over to order {}", week.id);
        in_order(&given, &[&there, "the paid time ended: another plan of the product took its place"]);
        let taken = told(&t, &week).await;
        assert!(taken.contains(&format!("what was left of order {}", month.id)), "{taken}");
        t.shop.book_refund(&Refund { amount: Stars(50), ..refund(&month, "c1") }, after(16 * 86_400)).await.unwrap();
        let less = told(&t, &week).await;
        assert!(less.contains("on top are gone: money of the plan before went back"), "{less}");
    }

    /// What had lapsed and came back is told, and what a refund stopped.
    async fn a_subscription_that_comes_back_is_told(t: TestShop) {
        let order = join(&t, 1, "month", "c1", NOW).await;
        let later = after(40 * 86_400);
        t.shop.turn_subscriptions(after(34 * 86_400)).await.unwrap();
        t.shop.turn_subscriptions(after(34 * 86_400)).await.unwrap();
        t.shop.settle(&paid(&order, "c2", later), later).await.unwrap();
        let story = told(&t, &order).await;
        assert!(story.contains("telling buyer 1 that “The club” goes on"), "{story}");
        t.shop.book_refund(&refund(&order, "c2"), later.plus(9)).await.unwrap();
        let story = told(&t, &order).await;
        assert!(story.contains("the renewal was stopped, for money went back"), "{story}");
    }

    /// Who told of a payment first, and what nobody but its refund told of.
    async fn how_a_charge_was_heard_of_is_told(t: TestShop) {
        let order = t.open_order(1, "book").await;
        let found = Payment { heard_by: HeardBy::Ledger, ..payment(&order, "c1") };
        t.shop.settle(&found, NOW).await.unwrap();
        t.shop.settle(&payment(&order, "c1"), NOW).await.unwrap();
        assert!(told(&t, &order).await.contains(", found in Telegram's ledger"));
        t.shop.book_refund(&refund(&order, "c9"), NOW).await.unwrap();
        let lone = t.shop.charge_story(&"c9".parse().unwrap()).await.unwrap();
        let line = "charge c9 was booked for no order of the shop, told by its refund alone";
        assert!(lone.iter().any(|event| event.what.to_string() == line), "{lone:?}");
    }
}
