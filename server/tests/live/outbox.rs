//! Goods arrive whatever Telegram says meanwhile.

use app::api::Stage;
use serde_json::json;

use crate::support::{Answer, Call, FakeTelegram, Opened, Raw, TestShop, eventually};

#[tokio::test]
async fn a_wait_that_telegram_asks_for_is_kept() {
    let shop = TestShop::open().await;
    shop.telegram.next("sendDocument", Answer::wait(2));
    let buyer = shop.buyer(41, "en").await;
    let order = buyer.buy("guide", 40).await;
    let calls = shop.telegram.called("sendDocument", 2).await;
    let waited = calls[1].at - calls[0].at;
    // Times are kept in whole seconds, so a wait of two may be little more than one.
    assert!(waited.as_secs_f64() > 1.0, "{waited:?}");
    buyer.sees(&order, Stage::Delivered).await;
}

/// The wait is the chat's, and not only that of the message that was told to wait.
#[tokio::test]
async fn a_chat_that_is_to_wait_hears_nothing() {
    let shop = TestShop::open().await;
    shop.telegram.floods("sendMessage", 4);
    let buyer = shop.buyer(50, "en").await;
    let order = buyer.buy("set", 90).await;
    buyer.sees(&order, Stage::Delivered).await;
    assert_eq!(shop.telegram.asked_to_wait("sendMessage"), 1);
    assert_eq!(shop.telegram.calls("sendMessage").len(), 1 + 3);
}

/// Only those that were under way with the first are told to wait: as many as there are workers.
#[tokio::test]
async fn refunds_that_are_to_wait_do_not_ask_one_by_one() {
    const REFUNDS: usize = 40;
    const WORKERS: usize = 16;
    let shop = TestShop::open().await;
    for id in 0..REFUNDS as i64 {
        shop.buyer(51_000 + id, "en").await.buy("guide", 40).await;
    }
    let paid = || async { shop.log().matches("a charge was settled").count() };
    eventually("the charges", || async {
        (paid().await == REFUNDS).then_some(())
    })
    .await;
    shop.telegram.floods("refundStarPayment", 4);
    let all = ["order", "refund", "--all-of", "guide"];
    assert!(shop.run(&all).await.status.success());
    eventually("the refunds", || async {
        let asked = shop.telegram.asked_to_wait("refundStarPayment");
        let done = shop.telegram.calls("refundStarPayment").len() - asked;
        (done == REFUNDS).then_some(())
    })
    .await;
    let asked = shop.telegram.asked_to_wait("refundStarPayment");
    assert!((1..=WORKERS).contains(&asked), "{asked}");
}

/// Telegram takes so many messages a second, and a crowd is being answered when somebody buys.
#[tokio::test]
async fn a_crowd_keeps_no_purchase_waiting() {
    const CROWD: i64 = 150;
    let shop = TestShop::open().await;
    for person in 0..CROWD {
        shop.update(&TestShop::written(50_000 + person, "/help"))
            .await;
    }
    let buyer = shop.buyer(46, "en").await;
    let order = buyer.buy("guide", 40).await;
    buyer.sees(&order, Stage::Delivered).await;
    let answered = shop.telegram.calls("sendMessage").len();
    assert!((1..CROWD as usize).contains(&answered), "{answered}");
    shop.telegram.called("sendMessage", CROWD as usize).await;
}

#[tokio::test]
async fn trouble_passes() {
    let shop = TestShop::open().await;
    shop.telegram
        .next("sendDocument", Answer::failure(2, 502, "Bad Gateway"));
    let buyer = shop.buyer(42, "en").await;
    let order = buyer.buy("guide", 40).await;
    buyer.sees(&order, Stage::Delivered).await;
    assert_eq!(shop.telegram.calls("sendDocument").len(), 3);
}

#[tokio::test]
async fn a_buyer_who_blocks_the_bot_gets_the_goods_when_back() {
    let shop = TestShop::open().await;
    let blocked = "Forbidden: bot was blocked by the user";
    shop.telegram
        .next("sendDocument", Answer::failure(1, 403, blocked));
    let buyer = shop.buyer(43, "en").await;
    let order = buyer.buy("guide", 40).await;
    shop.logged("may not write to a buyer").await;
    // In the shop they are, with the question whether the bot may write.
    buyer.is_asked_to_let_the_bot_write(&order).await;
    assert_eq!(buyer.view(&order).await.stage, Stage::Paid);

    shop.update(
        &json!({"update_id": FakeTelegram::next_number(), "my_chat_member": {
            "chat": {"id": 43, "type": "private"}, "from": {"id": 43, "first_name": "W"}, "date": 1,
            "old_chat_member": {"user": {"id": 4242, "first_name": "B"}, "status": "kicked"},
            "new_chat_member": {"user": {"id": 4242, "first_name": "B"}, "status": "member"},
        }}),
    )
    .await;
    buyer.sees(&order, Stage::Delivered).await;
    assert_eq!(shop.telegram.calls("sendDocument").len(), 2);
}

#[tokio::test]
async fn a_buyer_who_never_started_the_bot_gets_the_goods_with_the_first_word() {
    let shop = TestShop::open().await;
    let stranger = "Forbidden: bot can't initiate conversation with a user";
    shop.telegram
        .next("sendDocument", Answer::failure(1, 403, stranger));
    let buyer = shop.buyer(44, "en").await;
    let order = buyer.buy("guide", 40).await;
    shop.logged("may not write to a buyer").await;
    buyer.is_asked_to_let_the_bot_write(&order).await;
    shop.update(&TestShop::written(44, "/start")).await;
    buyer.sees(&order, Stage::Delivered).await;
}

#[tokio::test]
async fn a_buyer_who_never_started_the_bot_is_told_why_money_came_back() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(40, "en").await;
    let order = buyer.buy("guide", 40).await;
    buyer.sees(&order, Stage::Delivered).await;
    let stranger = "Forbidden: bot can't initiate conversation with a user";
    shop.telegram
        .next("sendMessage", Answer::failure(1, 403, stranger));
    buyer.paid(&order).await;
    eventually("the word is parked", || async {
        const PARKED: &str = "SELECT COUNT(*) FROM outbox WHERE state = 'parked'";
        (Raw::open(&shop).await.count(PARKED).await == 1).then_some(())
    })
    .await;
    // On the order's page it stands meanwhile.
    let shown = buyer.view(&order).await.fragment.0;
    assert!(shown.contains("This order was paid before."), "{shown}");
    let list = shop.run(&["outbox", "list"]).await;
    assert!(!String::from_utf8(list.stdout).unwrap().contains("tell:"));
    let row = Raw::open(&shop)
        .await
        .text("SELECT id FROM outbox WHERE state = 'parked'")
        .await;
    let whole = shop.run(&["outbox", "show", &row]).await;
    let whole = String::from_utf8(whole.stdout).unwrap();
    let waits = "state  waits until the bot may write to them";
    assert!(whole.contains(waits), "{whole}");
    let retried = shop.run(&["retry", &row]).await;
    assert_eq!(retried.status.code(), Some(1));
    let why = String::from_utf8(retried.stderr).unwrap();
    assert!(why.contains("is tried then"), "{why}");

    shop.update(&TestShop::written(40, "/start")).await;
    let told = |call: &Call| {
        call.body["text"]
            .to_string()
            .contains("the second payment goes back")
    };
    shop.telegram
        .call_where("sendMessage", |call| {
            told(call) && call.at > told_first(&shop)
        })
        .await;
}

/// When the first word went out, which Telegram did not take.
fn told_first(shop: &TestShop) -> std::time::Instant {
    shop.telegram.calls("sendMessage")[0].at
}

#[tokio::test]
async fn what_telegram_refuses_for_good_waits_for_a_person() {
    let shop = TestShop::open().await;
    shop.telegram.next(
        "sendDocument",
        Answer::failure(1, 400, "Bad Request: no way"),
    );
    let buyer = shop.buyer(45, "en").await;
    let order = buyer.buy("guide", 40).await;
    let line = shop.logged("an effect was put aside").await;
    let row = line["row"].as_str().unwrap();
    assert_eq!(buyer.view(&order).await.stage, Stage::Paid);

    let retried = shop.run(&["retry", row]).await;
    assert!(retried.status.success(), "{retried:?}");
    buyer.sees(&order, Stage::Delivered).await;
    let again = shop.run(&["retry", row]).await;
    assert!(!again.status.success());
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let mut shop = TestShop::open().await;
    shop.telegram
        .next("sendDocument", Answer::failure(99, 502, "Bad Gateway"));
    let order = {
        let buyer = shop.buyer(46, "en").await;
        let order = buyer.buy("guide", 40).await;
        shop.telegram.call("sendDocument").await;
        order
    };
    let (code, _) = shop.process().stop().await;
    assert_eq!(code, Some(0));
    shop.telegram.recover();
    shop.start();
    shop.ready().await;
    let buyer = shop.buyer(46, "en").await;
    buyer.sees(&order, Stage::Delivered).await;
}

#[tokio::test]
async fn a_refund_is_owed_until_it_is_done() {
    let shop = TestShop::open().await;
    let refused = "Bad Request: USER_BOT_REQUIRED";
    shop.telegram
        .next("refundStarPayment", Answer::failure(1, 400, refused));
    // Said without a refund in the ledger, it is not believed.
    let already = "Bad Request: CHARGE_ALREADY_REFUNDED";
    shop.telegram
        .next("refundStarPayment", Answer::failure(99, 400, already));
    let buyer = shop.buyer(47, "en").await;
    let order = buyer.order("guide", 40).await;
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.run(&["order", "refund", &order.id]).await;
    shop.telegram.called("refundStarPayment", 2).await;
    let doubted = |line: &str| line.contains("refund_not_in_ledger");
    eventually("the doubt", || async {
        shop.log().lines().any(doubted).then_some(())
    })
    .await;
    assert_eq!(buyer.view(&order).await.stage, Stage::Delivered);
    shop.telegram.books(&charge, 47, &order.id, 40, false);
    shop.telegram.books(&charge, 47, &order.id, 40, true);
    buyer.sees(&order, Stage::Refunded).await;
}

/// A refund that waited for Stars for a day, and is refused for good then, is told to the owners:
/// once, however often it is tried.
#[tokio::test]
async fn a_refund_that_is_refused_for_long_is_told_once() {
    const TRIED_FOR_A_DAY: &str =
        "UPDATE outbox SET tries = MAX(tries, 60), due_at = 0 WHERE fact LIKE 'refund:%'";
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_OWNERS", "9")).await;
    for (times, refused) in [
        (2, "Bad Request: BALANCE_TOO_LOW"),
        (99, "Bad Request: CHARGE_ID_INVALID"),
    ] {
        let refused = Answer::failure(times, 400, refused);
        shop.telegram.next("refundStarPayment", refused);
    }
    let buyer = shop.buyer(39, "en").await;
    let order = buyer.order("guide", 40).await;
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.run(&["order", "refund", &order.id]).await;
    let raw = tokio::sync::Mutex::new(Raw::open(&shop).await);
    eventually("five tries", || async {
        raw.lock().await.run(TRIED_FOR_A_DAY).await;
        (shop.telegram.calls("refundStarPayment").len() >= 5).then_some(())
    })
    .await;
    let about = format!("has not taken the refund of charge {charge} to buyer 39");
    let told = |call: &Call| {
        call.body["chat_id"] == 9 && call.body["text"].as_str().unwrap().contains(&about)
    };
    shop.telegram.call_where("sendMessage", told).await;
    const OWED: &str = "SELECT COUNT(*) FROM outbox WHERE fact LIKE 'warn:refund:%'";
    assert_eq!(raw.lock().await.count(OWED).await, 1);
}

/// The seller stops a member's renewal, which Telegram does not take: the order, and what the owners
/// are told.
async fn stop_in_vain(shop: &TestShop, member: i64) -> (Opened, String) {
    let buyer = shop.buyer(member, "en").await;
    let order = buyer.buy("club", 25).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.run(&["subscription", "stop", &order.id]).await;
    let warned = |call: &Call| call.body["chat_id"] == 9;
    let told = shop.telegram.call_where("sendMessage", warned).await;
    let text = told.body["text"].as_str().unwrap().to_owned();
    let begins = format!("charge buyer {member} no more for “The Club”");
    assert!(text.contains(&begins), "{text}");
    (order, text)
}

/// The word that a renewal is stopped is about the buyer's money: refused for good, the owners are
/// told, whatever Telegram's reason sounds like.
#[tokio::test]
async fn a_refused_word_about_charging_is_told_to_the_owners() {
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_OWNERS", "9")).await;
    let blocked = "Forbidden: bot was blocked by the user";
    let refused = Answer::failure(1, 403, blocked);
    shop.telegram.next("editUserStarSubscription", refused);
    let (order, _) = stop_in_vain(&shop, 48).await;
    let line = shop.logged("an effect was put aside").await;
    let row = line["row"].as_str().unwrap();
    let list = shop.run(&["outbox", "list"]).await;
    assert!(String::from_utf8(list.stdout).unwrap().contains(row));

    assert!(shop.run(&["retry", row]).await.status.success());
    shop.telegram.called("editUserStarSubscription", 2).await;
    let word = "telling Telegram whether it may charge again";
    eventually("the story", || async {
        let story = shop.run(&["order", "show", &order.id]).await;
        let story = String::from_utf8(story.stdout).unwrap();
        story
            .contains(&format!("done after 1 try: {word}"))
            .then_some(())
    })
    .await;
}

/// A row of Telegram's ledger that cannot be worked keeps no word about charging waiting.
#[tokio::test]
async fn a_row_in_trouble_keeps_no_word_waiting() {
    let shop = TestShop::open().await;
    let other = shop.buyer(38, "en").await.order("guide", 40).await;
    Raw::open(&shop)
        .await
        .run("UPDATE orders SET term = 'pass'")
        .await;
    shop.telegram
        .books("charge-broken", 38, &other.id, 40, false);
    let unknown = Answer::failure(9, 400, "Bad Request: CHARGE_ID_INVALID");
    shop.telegram.next("editUserStarSubscription", unknown);
    let buyer = shop.buyer(37, "en").await;
    let order = buyer.buy("club", 25).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.run(&["subscription", "stop", &order.id]).await;
    shop.logged("Telegram knows no such subscription").await;
    let log = shop.log();
    assert!(log.contains("a row of Telegram's ledger could not be worked"));
}

/// Where Telegram knows no such subscription, no later try would change that: the owners are told in
/// words, and nothing is left for them to retry.
#[tokio::test]
async fn a_subscription_that_telegram_does_not_know_is_told_to_the_owners() {
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_OWNERS", "9")).await;
    let unknown = Answer::failure(9, 400, "Bad Request: CHARGE_ID_INVALID");
    shop.telegram.next("editUserStarSubscription", unknown);
    let (_, text) = stop_in_vain(&shop, 49).await;
    assert!(
        text.contains("knows no subscription by this charge"),
        "{text}"
    );
    // Asked once more when the ledger was read to its end.
    shop.telegram.called("editUserStarSubscription", 2).await;
    let list = shop.run(&["outbox", "list"]).await;
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(!list.contains("renewal:"), "{list}");
}
