//! What waits for something else than time: the leave to write, or a version that understands.

use shop::{
    Outcome,
    domain::{
        Buyer, Effect, Note, OutboxItem, Received, RefundReason, Return, Stars, Troubles, UserId,
    },
    limits,
};

use crate::support::{NOW, TestShop, after, each_database, payment, refund};

/// A buyer as heard of now.
fn buyer(id: i64, can_write: bool, now: shop::domain::UnixSeconds) -> Buyer {
    Buyer {
        id: UserId(id),
        first_name: "Ann".to_owned(),
        language: "en".to_owned(),
        can_write,
        seen_at: now,
    }
}

/// The effects that are due, which are all tried and end so.
async fn try_all(
    t: &TestShop,
    now: shop::domain::UnixSeconds,
    end: impl Fn(&Effect) -> Outcome,
) -> Vec<Effect> {
    let mut tried = Vec::new();
    loop {
        let leased: Vec<OutboxItem> = t.shop.lease_effects(now, 10).await.unwrap();
        if leased.is_empty() {
            return tried;
        }
        for item in leased {
            let outcome = end(&item.effect);
            t.shop.end_effect(item.lease, outcome, now).await.unwrap();
            tried.push(item.effect);
        }
    }
}

/// As the worker ends what is for somebody who never started the bot.
fn unreachable(effect: &Effect) -> Outcome {
    if effect.waits_for_leave() {
        let why = "unreachable".to_owned();
        return Outcome::Parked { why };
    }
    Outcome::Done
}

fn is_told_why(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Tell {
            note: Note::MoneyComesBack {
                reason: RefundReason::PaidTwice,
                ..
            },
            ..
        }
    )
}

each_database! {
    /// Who never started the bot is told why money came back as soon as the bot may write.
    async fn a_word_about_money_waits_for_the_leave_to_write(t: TestShop) {
        t.shop.remember_buyer(&buyer(1, false, NOW)).await.unwrap();
        let order = t.buy(1, "book", "c1").await;
        t.shop.settle(&payment(&order, "c2"), NOW).await.unwrap();
        let tried = try_all(&t, NOW, unreachable).await;
        assert!(tried.iter().any(is_told_why), "{tried:?}");
        t.shop.set_can_write(UserId(1), false, NOW).await.unwrap();
        let story = t.shop.order_story(order.id).await.unwrap();
        let waits = "waits until the bot may write to them, after 1 try, last trouble unreachable";
        assert!(story.iter().any(|event| event.what.to_string().starts_with(waits)), "{story:?}");

        // Months later it is still there, and nobody is bothered with it.
        let late = after(limits::OUTBOX_KEPT_SECONDS + 1);
        t.shop.sweep(late).await.unwrap();
        assert_eq!(try_all(&t, late, unreachable).await, []);
        assert_eq!(t.shop.troubled().await.unwrap(), Troubles::default());
        t.shop.remember_buyer(&buyer(1, false, late)).await.unwrap();
        assert_eq!(try_all(&t, late, unreachable).await, []);

        t.shop.remember_buyer(&buyer(1, true, late)).await.unwrap();
        let told = try_all(&t, late, |_| Outcome::Done).await;
        assert_eq!(told.iter().filter(|effect| is_told_why(effect)).count(), 1, "{told:?}");
        // Once.
        t.shop.set_can_write(UserId(1), false, late).await.unwrap();
        t.shop.set_can_write(UserId(1), true, late).await.unwrap();
        assert!(!try_all(&t, late, |_| Outcome::Done).await.iter().any(is_told_why));
    }

    /// An owner need not be known as a buyer.
    async fn a_warning_waits_for_an_owner_who_starts_the_bot(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        t.shop.warn_of_low_balance(NOW).await.unwrap();
        let is_warning = |effect: &Effect| matches!(effect, Effect::Warn { .. });
        assert!(try_all(&t, NOW, unreachable).await.iter().all(is_warning));
        t.shop.set_can_write(UserId(900), false, NOW).await.unwrap();
        // Met again, it is not owed a second time.
        t.shop.warn_of_low_balance(NOW).await.unwrap();
        assert_eq!(try_all(&t, NOW, unreachable).await, []);
        t.shop.remember_buyer(&buyer(900, true, NOW)).await.unwrap();
        assert_eq!(try_all(&t, NOW, |_| Outcome::Done).await.len(), 1);
    }

    async fn of_one_fact_one_is_told(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        t.shop.warn_of_low_balance(NOW).await.unwrap();
        try_all(&t, NOW, unreachable).await;
        t.run("INSERT INTO outbox (id, queue, fact, body, state, due_at, created_at, urgency)
               SELECT 'f' || substr(id, 2), queue, fact, body, 'waiting', due_at, created_at, urgency
               FROM outbox").await;
        try_all(&t, NOW, unreachable).await;
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE state = 'parked'").await, 2);
        t.shop.set_can_write(UserId(900), true, NOW).await.unwrap();
        assert_eq!(try_all(&t, NOW, |_| Outcome::Done).await.len(), 1);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox WHERE state = 'done'").await, 2);
    }

    async fn nothing_is_parked_for_ever(t: TestShop) {
        t.owned_by(vec![UserId(900)]);
        t.shop.warn_of_low_balance(NOW).await.unwrap();
        try_all(&t, NOW, unreachable).await;
        let year = limits::OUTBOX_PARKED_SECONDS;
        assert_eq!(t.shop.sweep(after(year)).await.unwrap(), 0);
        assert_eq!(t.shop.sweep(after(year + 1)).await.unwrap(), 1);
    }

    /// The page of an order shows what is on its way back, whatever the chat was told.
    async fn an_order_names_what_goes_back(t: TestShop) {
        let order = t.buy(1, "book", "c1").await;
        t.shop.settle(&payment(&order, "c2"), NOW).await.unwrap();
        let returns = async || t.shop.order(order.id, UserId(1)).await.unwrap().unwrap().returns;
        let second = |is_back| Return {
            amount: Stars(50),
            reason: Some(RefundReason::PaidTwice),
            is_back,
        };
        assert_eq!(returns().await, [second(false)]);
        t.shop.book_refund(&refund(&order, "c2"), NOW).await.unwrap();
        assert_eq!(returns().await, [second(true)]);
        // A store took the first one back.
        t.shop.book_refund(&refund(&order, "c1"), NOW).await.unwrap();
        let first = Return { reason: Some(RefundReason::TakenBack), ..second(true) };
        assert_eq!(returns().await.len(), 2);
        assert!(returns().await.contains(&first));
    }

    /// What no version understood is kept however long, and each start tries it again.
    async fn an_update_waits_for_a_version_that_knows_it(t: TestShop) {
        let raw = r#"{"update_id": 5, "crystal_ball": {"sees": "rain"}}"#;
        t.shop.receive(5, raw, NOW).await.unwrap();
        for now in [NOW, after(limits::INBOX_KEPT_SECONDS * 9)] {
            let leased = t.shop.lease_updates(now, 9).await.unwrap();
            assert_eq!(leased.len(), 1);
            assert_eq!(leased[0].raw, serde_json::from_str::<serde_json::Value>(raw).unwrap());
            let why = "unknown_kind".to_owned();
            t.shop.end_update(leased[0].lease, Outcome::Parked { why }, now).await.unwrap();
            let later = now.plus(limits::INBOX_KEPT_SECONDS + 1);
            t.shop.sweep(later).await.unwrap();
            assert_eq!(t.shop.lease_updates(later, 9).await.unwrap().len(), 0);
            assert_eq!(t.shop.troubled().await.unwrap(), Troubles::default());
            assert_eq!(t.shop.offer_parked_updates(now).await.unwrap(), 1);
        }
    }

    async fn an_update_without_a_number_is_kept(t: TestShop) {
        for (raw, received) in [
            ("{\"message\":{}}", Received::New),
            ("{\"message\":{}}", Received::Before),
            ("{}", Received::New),
        ] {
            assert_eq!(t.shop.receive_unnumbered(raw, NOW).await.unwrap(), received);
        }
        assert_eq!(t.shop.lease_updates(NOW, 9).await.unwrap().len(), 0);
        let kept = "SELECT COUNT(*) FROM inbox WHERE state = 'dead' AND why = 'no_update_id'";
        assert_eq!(t.count(kept).await, 2);
    }

    /// An update that waits for the payment behind it does not keep it waiting.
    async fn an_update_lets_its_payment_pass(t: TestShop) {
        let order = t.open_order(1, "book").await;
        assert!(t.shop.awaits_payment(order.id).await.unwrap());
        let told = r#"{"update_id": 1, "subscription": {"user": {"id": 1}}}"#;
        let paid = r#"{"update_id": 2, "message": {"chat": {"id": 1}, "successful_payment": {}}}"#;
        t.shop.receive(1, told, NOW).await.unwrap();
        t.shop.receive(2, paid, NOW).await.unwrap();
        let first = t.shop.lease_updates(NOW, 9).await.unwrap();
        assert_eq!(first.len(), 1);
        t.shop.let_pass(first[0].id).await.unwrap();
        let again = Outcome::Again { at: after(60), why: "not_paid_yet".to_owned() };
        t.shop.end_update(first[0].lease, again, NOW).await.unwrap();
        let next = t.shop.lease_updates(NOW, 9).await.unwrap();
        assert_eq!(next.len(), 1, "the payment is not kept waiting");
        assert_eq!(next[0].raw["update_id"], 2);

        t.shop.settle(&payment(&order, "c1"), NOW).await.unwrap();
        assert!(!t.shop.awaits_payment(order.id).await.unwrap());
        // One whose payment goes back awaits none either.
        let late = t.open_order(2, "book").await;
        let other = shop::domain::Payment { amount: 1, ..payment(&late, "c2") };
        t.shop.settle(&other, NOW).await.unwrap();
        assert!(!t.shop.awaits_payment(late.id).await.unwrap());
    }
}
