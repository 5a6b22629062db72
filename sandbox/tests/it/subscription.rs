//! Subscriptions from the first payment to the lapse, on the sandbox's clock.

use std::time::Duration;

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN, invoice, until};
use sandbox::sandbox::Config;
use serde_json::{Value, json};

async fn act(desk: &Desk, charge: &str, action: &str) -> (u16, Value) {
    let wanted = json!({ "token": TOKEN, "charge_id": charge, "action": action });
    desk.post("/subscriptions", wanted).await
}

async fn standing(desk: &Desk) -> Value {
    let list = desk.get(&format!("/subscriptions?token={TOKEN}")).await;
    list[0]["standing"].clone()
}

fn states(bot: &TestBot) -> Vec<Value> {
    let told = bot.of_kind("subscription").into_iter();
    told.map(|update| update["state"].clone()).collect()
}

#[tokio::test]
async fn each_month_brings_a_payment_with_a_new_charge() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let first = desk.subscribe(user, 10, "sub-1").await;
    desk.advance(3 * MONTH + 10).await;
    until("four payments", async || bot.payments().len() == 4).await;
    let payments = bot.payments();
    assert_eq!(payments[0]["telegram_payment_charge_id"], first.as_str());
    assert_eq!(payments[0]["is_first_recurring"], true);
    let end = |payment: &Value| payment["subscription_expiration_date"].as_i64().unwrap();
    for (earlier, later) in payments.iter().zip(&payments[1..]) {
        assert_eq!(later["is_recurring"], true);
        assert!(later.get("is_first_recurring").is_none());
        assert_eq!(later["invoice_payload"], "sub-1");
        assert_eq!(later["total_amount"], 10);
        assert_ne!(
            later["telegram_payment_charge_id"],
            earlier["telegram_payment_charge_id"]
        );
        assert_eq!(end(later) - end(earlier), 2_592_000);
    }
    assert_eq!(
        bot.of_kind("pre_checkout_query").len(),
        1,
        "only the first asks"
    );
    assert_eq!(desk.stars(user).await, 60);
    let ledger = desk.ledger().await;
    assert_eq!(ledger["balance"], 40);
    let rows = ledger["transactions"].as_array().unwrap();
    for (row, (earlier, payment)) in rows[1..].iter().zip(payments.iter().zip(&payments[1..])) {
        assert_eq!(row["id"], payment["telegram_payment_charge_id"]);
        assert_eq!(row["date"], end(earlier), "it happens when the period ends");
        assert_eq!(row["source"]["subscription_period"], 2_592_000);
    }
    assert!(
        states(&bot).is_empty(),
        "a renewal sends no subscription update"
    );
}

#[tokio::test]
async fn a_buyer_cancels_and_takes_it_back_until_the_period_ends() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    assert_eq!(
        act(&desk, &charge, "cancel").await.1["standing"],
        "canceled"
    );
    let (status, problem) = act(&desk, &charge, "cancel").await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("standing_invalid"))
    );
    assert_eq!(
        act(&desk, &charge, "reactivate").await.1["standing"],
        "active"
    );
    desk.advance(MONTH + 1).await;
    until("the renewal", async || bot.payments().len() == 2).await;
    act(&desk, &charge, "cancel").await;
    until("three states", async || states(&bot).len() == 3).await;
    assert_eq!(states(&bot), ["canceled", "active", "canceled"]);
    let told = &bot.of_kind("subscription")[0];
    assert_eq!(told["user"]["id"], user);
    assert_eq!(told["invoice_payload"], "sub-1");
    assert_eq!(told.as_object().unwrap().len(), 3, "no charge id, no date");
    desk.advance(2 * MONTH).await;
    assert_eq!(standing(&desk).await, "lapsed");
    assert_eq!(act(&desk, &charge, "reactivate").await.0, 400);
    assert_eq!((bot.payments().len(), desk.stars(user).await), (2, 80));
}

#[tokio::test]
async fn what_the_bot_stops_only_the_bot_allows_again() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    let edit = async |stop: bool| {
        let params =
            json!({ "user_id": user, "telegram_payment_charge_id": charge, "is_canceled": stop });
        assert_eq!(desk.call("editUserStarSubscription", params).await, true);
    };
    edit(true).await;
    assert_eq!(standing(&desk).await, "stopped_by_bot");
    let (status, problem) = act(&desk, &charge, "reactivate").await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("stopped_by_bot"))
    );
    edit(false).await;
    assert_eq!(
        standing(&desk).await,
        "canceled",
        "the buyer has to turn it on"
    );
    act(&desk, &charge, "reactivate").await;
    desk.advance(MONTH + 1).await;
    until("the renewal", async || bot.payments().len() == 2).await;
    edit(true).await;
    desk.advance(MONTH + 1).await;
    assert_eq!(standing(&desk).await, "lapsed");
    assert_eq!(bot.payments().len(), 2);
    assert_eq!(states(&bot), ["active"], "only what the buyer did is told");
    let stranger = desk.user(0).await;
    let theirs =
        json!({ "user_id": stranger, "telegram_payment_charge_id": charge, "is_canceled": true });
    assert_eq!(
        desk.refusal("editUserStarSubscription", theirs).await.1,
        "Bad Request: CHARGE_ID_INVALID"
    );
}

#[tokio::test]
async fn a_poor_buyer_fails_to_renew_and_can_pay_later() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(15).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    desk.advance(MONTH + 1).await;
    until("the failure", async || states(&bot) == ["failed"]).await;
    assert_eq!(standing(&desk).await, "failed");
    assert_eq!((bot.payments().len(), desk.stars(user).await), (1, 5));
    let (status, problem) = act(&desk, &charge, "pay").await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("balance_too_low"))
    );
    desk.advance(1000).await;
    desk.post("/stars", json!({ "user_id": user, "amount": 5 }))
        .await;
    let (_, view) = act(&desk, &charge, "pay").await;
    assert_eq!(view["standing"], "active");
    let now = desk.get("/time").await["now"].as_i64().unwrap();
    let left = view["paid_until"].as_i64().unwrap() - now;
    assert!(
        (2_591_990..=2_592_000).contains(&left),
        "a new period begins"
    );
    until("the payment", async || bot.payments().len() == 2).await;
    desk.advance(MONTH + 1).await;
    until("the next failure", async || {
        states(&bot) == ["failed", "failed"]
    })
    .await;
}

#[tokio::test]
async fn test_servers_have_short_periods_and_no_others() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let mut wanted = invoice(10, "sub-1");
    wanted["subscription_period"] = json!(60);
    assert_eq!(
        desk.refusal("createInvoiceLink", wanted.clone()).await.1,
        "Bad Request: SUBSCRIPTION_PERIOD_INVALID"
    );
    let link = desk.call("test/createInvoiceLink", wanted.clone()).await;
    desk.pay(link.as_str().unwrap(), user, None).await;
    desk.advance(121).await;
    until("two renewals", async || bot.payments().len() == 3).await;
    let test_desk = Desk::with(Config {
        is_test: true,
        ..Config::default()
    })
    .await;
    test_desk.call("createInvoiceLink", wanted.clone()).await;
    wanted["subscription_period"] = json!(MONTH);
    assert_eq!(
        test_desk.refusal("createInvoiceLink", wanted).await.1,
        "Bad Request: SUBSCRIPTION_PERIOD_INVALID"
    );
}

#[tokio::test]
async fn renewals_ask_first_when_so_chosen() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    desk.subscribe(user, 10, "sub-1").await;
    assert_eq!(
        desk.put("/choices", json!({ "renewals_ask": true }))
            .await
            .0,
        200
    );
    desk.advance(MONTH + 1).await;
    until("the renewal", async || bot.payments().len() == 2).await;
    assert_eq!(bot.of_kind("pre_checkout_query").len(), 2);
    bot.behave(Manner::Refuse);
    desk.advance(MONTH).await;
    until("the failure", async || states(&bot) == ["failed"]).await;
    assert_eq!((bot.payments().len(), desk.stars(user).await), (2, 80));
}

#[tokio::test]
async fn who_cancels_while_the_bot_thinks_pays_nothing() {
    for answer in [true, false] {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        let user = desk.user(100).await;
        desk.put("/choices", json!({ "renewals_ask": true })).await;
        let mut wanted = invoice(10, "sub-1");
        wanted["subscription_period"] = json!(60);
        let link = desk.call("test/createInvoiceLink", wanted).await;
        let receipt = desk.pay(link.as_str().unwrap(), user, None).await;
        bot.behave(Manner::Ignore);
        desk.advance(59).await;
        until("the question", async || {
            bot.of_kind("pre_checkout_query").len() == 2
        })
        .await;
        let charge = receipt["charge_id"].as_str().unwrap();
        act(&desk, charge, "cancel").await;
        let id = bot.of_kind("pre_checkout_query")[1]["id"].clone();
        let params =
            json!({ "pre_checkout_query_id": id, "ok": answer, "error_message": "Sold out" });
        desk.call("answerPreCheckoutQuery", params).await;
        until("the end", async || standing(&desk).await == "lapsed").await;
        until("the word", async || !states(&bot).is_empty()).await;
        assert_eq!(
            (states(&bot), desk.stars(user).await),
            (vec!["canceled".into()], 90)
        );
    }
}

#[tokio::test]
async fn a_refund_ends_the_renewal_only_when_so_chosen() {
    for (is_chosen, expected) in [(false, "active"), (true, "stopped_by_bot")] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        let user = desk.user(100).await;
        desk.put("/choices", json!({ "refunds_cancel": is_chosen }))
            .await;
        let charge = desk.subscribe(user, 10, "sub-1").await;
        let refund = json!({ "user_id": user, "telegram_payment_charge_id": charge });
        desk.call("refundStarPayment", refund).await;
        assert_eq!(standing(&desk).await, expected);
    }
}

#[tokio::test]
async fn a_jump_passes_every_moment_in_order() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let (ada, bob) = (desk.user(1000).await, desk.user(1000).await);
    desk.subscribe(ada, 10, "ada").await;
    desk.advance(10 * 86_400).await;
    desk.subscribe(bob, 10, "bob").await;
    desk.advance(6 * MONTH).await;
    let told = bot.with_field("successful_payment");
    let dates: Vec<_> = told
        .iter()
        .map(|update| update["message"]["date"].as_i64().unwrap())
        .collect();
    assert_eq!(
        dates.len(),
        2 + 6 + 6,
        "all are delivered when the jump ends"
    );
    assert!(dates.is_sorted(), "{dates:?}");
    let payloads: Vec<_> = bot.payments()[1..5]
        .iter()
        .map(|payment| payment["invoice_payload"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(payloads, ["bob", "ada", "bob", "ada"]);
}

#[tokio::test]
async fn a_polling_bot_misses_nothing_in_a_jump() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(100).await;
    let mut wanted = invoice(10, "sub-1");
    wanted["subscription_period"] = json!(MONTH);
    let link = desk.call("createInvoiceLink", wanted).await;
    let url = desk.url(&format!("/bot{TOKEN}"));
    let http = desk.http().clone();
    let polling = tokio::spawn(async move {
        let mut offset = 0;
        let mut payments = 0;
        while payments < 4 {
            let poll = json!({ "offset": offset, "timeout": 20 });
            let response = http
                .post(format!("{url}/getUpdates"))
                .json(&poll)
                .send()
                .await;
            let answer: Value = response.unwrap().json().await.unwrap();
            for update in answer["result"].as_array().unwrap() {
                offset = update["update_id"].as_i64().unwrap() + 1;
                if let Some(query) = update.get("pre_checkout_query") {
                    let yes = json!({ "pre_checkout_query_id": query["id"], "ok": true });
                    let say = http
                        .post(format!("{url}/answerPreCheckoutQuery"))
                        .json(&yes);
                    say.send().await.unwrap();
                }
                payments += usize::from(update["message"].get("successful_payment").is_some());
            }
        }
    });
    desk.pay(link.as_str().unwrap(), user, None).await;
    desk.advance(3 * MONTH + 1).await;
    tokio::time::timeout(Duration::from_secs(10), polling)
        .await
        .expect("an update is lost after a day, and each renewal was a month apart")
        .unwrap();
}

#[tokio::test]
async fn a_renewal_comes_although_nobody_looks() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let mut wanted = invoice(10, "sub-1");
    wanted["subscription_period"] = json!(60);
    let link = desk.call("test/createInvoiceLink", wanted).await;
    desk.pay(link.as_str().unwrap(), user, None).await;
    // Only the last second passes by itself.
    desk.advance(59).await;
    until("the renewal", async || bot.payments().len() == 2).await;
}

#[tokio::test]
async fn a_renewal_fails_when_it_is_told_to() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    for (action, fails) in [
        ("fail_next", true),
        ("renew_next", false),
        ("fail_next", true),
    ] {
        assert_eq!(act(&desk, &charge, action).await.1["fails_next"], fails);
    }
    desk.advance(MONTH + 10).await;
    until("a failed renewal", async || {
        standing(&desk).await == "failed"
    })
    .await;
    until("an update", async || states(&bot) == ["failed"]).await;
    assert_eq!(desk.stars(user).await, 90, "the Stars were there");
    assert_eq!(act(&desk, &charge, "fail_next").await.0, 400);
    let (_, paid) = act(&desk, &charge, "pay").await;
    assert_eq!(
        paid["fails_next"], false,
        "it is used up by the failed renewal"
    );
    desk.advance(MONTH + 10).await;
    until("a renewal", async || desk.stars(user).await == 70).await;
}
