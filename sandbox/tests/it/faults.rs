//! What goes wrong on demand.

use std::time::{Duration, Instant};

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, TOKEN, until};
use axum::http::HeaderMap;
use serde_json::{Value, json};

async fn chat(desk: &Desk, user: i64) -> Value {
    desk.get(&format!("/chats/{user}?token={TOKEN}")).await
}

#[tokio::test]
async fn an_update_is_overtaken_by_one_of_another_chat() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let (ada, bob) = (desk.user(0).await, desk.user(0).await);
    desk.faults(json!({ "updates": [{ "kind": "message", "action": "reorder", "count": 1 }] }))
        .await;
    desk.say(ada, "first").await;
    assert_eq!(desk.call("getUpdates", json!({})).await, json!([]));
    desk.say(bob, "second").await;
    let texts = |updates: &Value| {
        let list = updates.as_array().unwrap().iter();
        list.map(|update| update["message"]["text"].clone())
            .collect::<Vec<_>>()
    };
    let updates = desk.call("getUpdates", json!({})).await;
    assert_eq!(texts(&updates), ["second", "first"]);
    let ids: Vec<_> = updates
        .as_array()
        .unwrap()
        .iter()
        .map(|u| u["update_id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids[1], ids[0] + 1);
    desk.faults(json!({ "updates": [{ "kind": "message", "action": "reorder", "count": 1 }] }))
        .await;
    desk.say(ada, "alone").await;
    desk.advance(6).await;
    let updates = desk
        .call("getUpdates", json!({ "offset": ids[1] + 1 }))
        .await;
    assert_eq!(
        texts(&updates),
        ["alone"],
        "it comes although nothing overtakes it"
    );
}

#[tokio::test]
async fn a_webhook_hears_a_lower_number_after_a_higher_one() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let (ada, bob) = (desk.user(0).await, desk.user(0).await);
    desk.faults(json!({ "updates": [{ "kind": "message", "action": "reorder", "count": 1 }] }))
        .await;
    desk.say(ada, "first").await;
    desk.say(bob, "second").await;
    until("both", async || bot.texts() == ["second", "first"]).await;
    let numbers: Vec<_> = bot
        .seen()
        .iter()
        .map(|seen| seen.update["update_id"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers[1], numbers[0] - 1);
}

#[tokio::test]
async fn a_fault_is_not_spent_on_what_the_bot_does_not_want() {
    let desk = Desk::start().await;
    desk.call("getUpdates", json!({ "allowed_updates": ["message"] }))
        .await;
    let user = desk.user(0).await;
    desk.faults(json!({ "updates": [{ "kind": "*", "action": "drop", "count": 1 }] }))
        .await;
    for blocked in [true, false] {
        let block = json!({ "token": TOKEN, "user_id": user, "blocked": blocked });
        desk.post("/block", block).await;
    }
    desk.say(user, "one").await;
    desk.say(user, "two").await;
    let updates = desk.call("getUpdates", json!({})).await;
    assert_eq!(updates.as_array().unwrap().len(), 1);
    assert_eq!(updates[0]["message"]["text"], "two");
}

#[tokio::test]
async fn a_delivery_whose_answer_is_lost_comes_again() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    let unheard = json!({ "kind": "message", "action": "unheard", "count": 1 });
    desk.faults(json!({ "updates": [unheard] })).await;
    let reply = json!({ "method": "sendMessage", "chat_id": user, "text": "unheard" });
    bot.answer_with(200, HeaderMap::new(), reply);
    desk.say(user, "one").await;
    until("both", async || bot.texts() == ["one", "one"]).await;
    let ids: Vec<_> = bot
        .seen()
        .iter()
        .map(|seen| seen.update["update_id"].clone())
        .collect();
    assert_eq!(ids[0], ids[1]);
    let info = desk.call("getWebhookInfo", json!({})).await;
    assert_eq!(info["last_error_message"], "Read timeout expired");
    let messages = chat(&desk, user).await["messages"].clone();
    assert_eq!(
        messages.as_array().unwrap().len(),
        1,
        "the reply was not heard either"
    );
    until("an empty queue", async || {
        desk.call("getWebhookInfo", json!({})).await["pending_update_count"] == 0
    })
    .await;
    desk.say(user, "two").await;
    until("two", async || bot.texts() == ["one", "one", "two"]).await;
}

#[tokio::test]
async fn a_poll_whose_answer_is_lost_brings_the_same_again() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    let unheard = json!({ "kind": "message", "action": "unheard", "count": 1 });
    desk.faults(json!({ "updates": [unheard] })).await;
    desk.say(user, "one").await;
    let mut next = json!(0);
    for expected in [1, 1, 0] {
        let updates = desk.call("getUpdates", json!({ "offset": next })).await;
        assert_eq!(updates.as_array().unwrap().len(), expected);
        if let Some(id) = updates[0]["update_id"].as_i64() {
            next = json!(id + 1);
        }
    }
}

#[tokio::test]
async fn updates_have_fields_and_kinds_of_the_future() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    desk.faults(
        json!({ "updates": [{ "kind": "message", "action": "unknown_fields", "count": 1 }] }),
    )
    .await;
    desk.say(user, "strange").await;
    let new = json!({ "token": TOKEN, "kind": "teleported", "payload": { "to": [1, 2] } });
    assert_eq!(desk.post("/updates", new).await.0, 200);
    until("both", async || bot.seen().len() == 2).await;
    let strange = &bot.of_kind("message")[0];
    assert_eq!(strange["sandbox_unknown_field"]["type"], "sandbox_unknown");
    assert_eq!(strange["chat"]["sandbox_unknown_field"], true);
    assert_eq!(strange["text"], "strange");
    assert_eq!(bot.of_kind("teleported"), [json!({ "to": [1, 2] })]);
    let bad = json!({ "token": TOKEN, "kind": "update_id", "payload": {} });
    assert_eq!(
        desk.post("/updates", bad).await.1["error"]["code"],
        "kind_invalid"
    );
}

#[tokio::test]
async fn the_mini_app_hears_what_it_is_to_hear() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(1000).await;
    let slug = desk.invoice(1, "order-1").await;
    for (outcome, closed) in [
        ("normal", vec!["paid"]),
        ("never_told", vec![]),
        ("told_twice", vec!["paid", "paid"]),
        ("pending_then_paid", vec!["pending", "paid"]),
        ("paid_then_cancelled", vec!["paid", "cancelled"]),
        ("failed_but_paid", vec!["failed"]),
        ("cancelled_but_paid", vec!["cancelled"]),
    ] {
        let receipt = desk.pay(&slug, user, Some(outcome)).await;
        assert_eq!(receipt["closed"], json!(closed), "{outcome}");
        assert!(receipt["charge_id"].is_string(), "{outcome}");
    }
    until("all are paid", async || bot.payments().len() == 7).await;
    desk.faults(json!({ "payments": [
        { "outcome": "told_twice", "user_id": 1 },
        { "outcome": "failed_but_paid", "count": 1 },
    ]}))
    .await;
    assert_eq!(
        desk.pay(&slug, user, Some("normal")).await["status"],
        "paid",
        "a wish goes first"
    );
    assert_eq!(
        desk.pay(&slug, user, None).await["closed"],
        json!(["failed"])
    );
    assert_eq!(desk.pay(&slug, user, None).await["closed"], json!(["paid"]));
    bot.behave(Manner::Refuse);
    let refused = desk.pay(&slug, user, Some("paid_then_cancelled")).await;
    assert_eq!(refused["closed"], json!(["failed"]), "nothing was paid");
}

#[tokio::test]
async fn a_pre_checkout_answer_comes_too_late() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(1, "order-1").await;
    let receipt = desk.pay(&slug, user, Some("answered_too_late")).await;
    assert_eq!(receipt["error_code"], "BOT_PRECHECKOUT_TIMEOUT");
    let answered = async || {
        let calls = desk.get("/calls").await;
        let mut calls = calls.as_array().unwrap().clone().into_iter();
        calls.find(|call| call["method"] == "answerPreCheckoutQuery")
    };
    until("the answer", async || answered().await.is_some()).await;
    let call = answered().await.unwrap();
    assert_eq!(call["status"], 400);
    assert_eq!(
        call["response"]["description"],
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    );
    assert_eq!((bot.payments().len(), desk.stars(user).await), (0, 100));
}

#[tokio::test]
async fn a_late_query_arrives_dead() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(1, "order-1").await;
    let late = json!({ "kind": "pre_checkout_query", "action": "delay", "delay_ms": 20_000 });
    desk.faults(json!({ "updates": [late] })).await;
    let request = json!({ "slug": slug, "user_id": user });
    let (paying, ()) = tokio::join!(desk.post("/pay", request), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        desk.advance(30).await;
    });
    assert_eq!(paying.1["error_code"], "BOT_PRECHECKOUT_TIMEOUT");
    until("the query", async || {
        bot.of_kind("pre_checkout_query").len() == 1
    })
    .await;
    assert_eq!(desk.stars(user).await, 100);
}

#[tokio::test]
async fn calls_are_limited_broken_and_slow() {
    let desk = Desk::start().await;
    desk.faults(json!({ "methods": [
        { "method": "getMe", "error_code": 429, "retry_after": 7, "count": 1 },
        { "method": "getMe", "error_code": 502, "count": 1 },
        { "method": "getMe", "error_code": 500, "count": 1 },
        { "method": "*", "delay_ms": 300, "count": 1 },
    ]}))
    .await;
    let url = desk.url(&format!("/bot{TOKEN}/getMe"));
    let limited = desk.http().get(url).send().await.unwrap();
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"7".parse().unwrap())
    );
    let body: Value = limited.json().await.unwrap();
    assert_eq!(body["parameters"]["retry_after"], 7);
    assert_eq!(body["description"], "Too Many Requests: retry after 7");
    assert_eq!(
        desk.refusal("getMe", json!({})).await,
        (502, "Bad Gateway".into())
    );
    assert_eq!(
        desk.refusal("getMe", json!({})).await,
        (500, "Internal Server Error".into())
    );
    let begun = Instant::now();
    desk.call("getMe", json!({})).await;
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after_the_deed() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    desk.faults(json!({ "methods": [
        { "method": "sendMessage", "cut": true, "count": 1 },
        { "method": "sendMessage", "cut": true, "executed": true, "count": 1 },
    ]}))
    .await;
    for text in ["never", "unheard", "heard"] {
        let url = desk.url(&format!("/bot{TOKEN}/sendMessage"));
        let request = desk
            .http()
            .post(url)
            .json(&json!({ "chat_id": user, "text": text }));
        let whole = match request.send().await {
            Ok(response) => response.bytes().await,
            Err(broken) => Err(broken),
        };
        assert_eq!(whole.is_ok(), text == "heard", "{text}");
    }
    let messages = chat(&desk, user).await["messages"].clone();
    let texts: Vec<_> = messages.as_array().unwrap()[1..]
        .iter()
        .map(|m| m["text"].clone())
        .collect();
    assert_eq!(texts, ["unheard", "heard"]);
}

#[tokio::test]
async fn a_bot_is_shut_out_truly_or_by_a_fault() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let hello = json!({ "chat_id": user, "text": "Hello" });
    desk.post(
        "/block",
        json!({ "token": TOKEN, "user_id": user, "blocked": true }),
    )
    .await;
    let blocked = (403, "Forbidden: bot was blocked by the user".to_owned());
    assert_eq!(desk.refusal("sendMessage", hello.clone()).await, blocked);
    desk.post(
        "/block",
        json!({ "token": TOKEN, "user_id": user, "blocked": false }),
    )
    .await;
    desk.faults(json!({ "methods": [
        { "method": "sendMessage", "error_code": 403, "count": 1 },
        { "method": "sendMessage", "error_code": 400, "description": "Bad Request: chat not found", "count": 1 },
    ]})).await;
    assert_eq!(desk.refusal("sendMessage", hello.clone()).await, blocked);
    let lost = (400, "Bad Request: chat not found".to_owned());
    assert_eq!(desk.refusal("sendMessage", hello.clone()).await, lost);
    desk.call("sendMessage", hello).await;
    let nobody = json!({ "chat_id": 5, "text": "Hello" });
    assert_eq!(desk.refusal("sendMessage", nobody).await, lost);
}

#[tokio::test]
async fn a_refund_that_worked_is_denied() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let charge = desk.pay(&slug, user, None).await["charge_id"].clone();
    // source: tdlib/telegram-bot-api issue 690
    desk.faults(json!({ "methods": [{
        "method": "refundStarPayment", "executed": true, "count": 1,
        "error_code": 400, "description": "Bad Request: CHARGE_ALREADY_REFUNDED",
    }]}))
    .await;
    let refund = json!({ "user_id": user, "telegram_payment_charge_id": charge });
    assert_eq!(
        desk.refusal("refundStarPayment", refund).await.1,
        "Bad Request: CHARGE_ALREADY_REFUNDED"
    );
    assert_eq!(
        (desk.stars(user).await, &desk.ledger().await["balance"]),
        (100, &json!(0))
    );
}

#[tokio::test]
async fn a_long_outage_loses_a_sale_that_the_ledger_keeps() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    until("the first", async || bot.payments().len() == 1).await;
    desk.faults(json!({ "webhook": { "outage": true } })).await;
    desk.advance(30 * 86_400 + 25 * 3_600).await;
    desk.faults(json!({})).await;
    desk.advance(3_600).await;
    assert_eq!(
        bot.payments().len(),
        1,
        "the renewal's update is older than a day"
    );
    let rows = desk.ledger().await["transactions"].clone();
    assert_eq!(
        (rows.as_array().unwrap().len(), &rows[0]["id"]),
        (2, &json!(charge))
    );
}
