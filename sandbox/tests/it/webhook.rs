//! The webhook sender: order, retries, expiry, replies.

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, TOKEN, until};
use axum::http::HeaderMap;
use serde_json::{Value, json};

#[tokio::test]
async fn one_chat_stays_in_order_while_it_fails() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let (ada, bob) = (desk.user(0).await, desk.user(0).await);
    for _ in 0..3 {
        bot.answer_with(500, HeaderMap::new(), Value::Null);
    }
    desk.say(ada, "one").await;
    until("two tries", async || bot.seen().len() == 2).await;
    desk.say(ada, "two").await;
    let info = desk.call("getWebhookInfo", json!({})).await;
    assert_eq!(info["pending_update_count"], 2);
    assert_eq!(
        info["last_error_message"],
        "Wrong response from the webhook: 500 Internal Server Error"
    );
    desk.advance(2).await; // the third try fails too
    until("three tries", async || bot.seen().len() == 3).await;
    desk.say(bob, "other").await;
    until("another chat", async || {
        bot.texts().contains(&"other".to_owned())
    })
    .await;
    assert!(
        !bot.texts().contains(&"two".to_owned()),
        "two waits behind one"
    );
    desk.advance(4).await;
    until("both", async || bot.texts().contains(&"two".to_owned())).await;
    let ada_texts: Vec<_> = bot
        .texts()
        .into_iter()
        .filter(|text| text != "other")
        .collect();
    assert_eq!(ada_texts, ["one", "one", "one", "one", "two"]);
    until("an empty queue", async || {
        desk.call("getWebhookInfo", json!({})).await["pending_update_count"] == 0
    })
    .await;
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", "100".parse().unwrap());
    bot.answer_with(429, headers, Value::Null);
    desk.say(user, "one").await;
    until("one try", async || bot.seen().len() == 1).await;
    desk.advance(95).await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(bot.seen().len(), 1, "it is not time yet");
    desk.advance(6).await;
    until("the second try", async || bot.seen().len() == 2).await;
}

#[tokio::test]
async fn a_day_without_the_bot_loses_updates() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    desk.faults(json!({ "webhook": { "outage": true } })).await;
    desk.say(user, "lost").await;
    until("a failed try", async || {
        desk.call("getWebhookInfo", json!({})).await["last_error_message"] == "Connection refused"
    })
    .await;
    desk.advance(86_401).await;
    until("an empty queue", async || {
        desk.call("getWebhookInfo", json!({})).await["pending_update_count"] == 0
    })
    .await;
    desk.faults(json!({})).await;
    desk.say(user, "kept").await;
    until("the next one", async || !bot.texts().is_empty()).await;
    assert_eq!(bot.texts(), ["kept"]);
}

#[tokio::test]
async fn an_outage_ends_and_everything_arrives() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    desk.faults(json!({ "webhook": { "outage": true } })).await;
    for text in ["one", "two", "three"] {
        desk.say(user, text).await;
    }
    desk.advance(3600).await;
    desk.faults(json!({})).await;
    desk.advance(120).await;
    until("all", async || bot.texts().len() == 3).await;
    assert_eq!(bot.texts(), ["one", "two", "three"]);
}

#[tokio::test]
async fn a_method_in_the_answer_is_executed() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    let reply = json!({ "method": "sendMessage", "chat_id": user, "text": "Hello back" });
    bot.answer_with(200, HeaderMap::new(), reply);
    desk.say(user, "/start").await;
    until("the reply", async || {
        let chat = desk
            .get(&format!("/chats/{user}?token={}", crate::support::TOKEN))
            .await;
        chat["messages"][1]["text"] == "Hello back"
    })
    .await;
}

#[tokio::test]
async fn allowed_updates_are_kept_when_left_out() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    desk.advance(1).await;
    let only = json!({ "url": bot.url, "allowed_updates": ["callback_query"] });
    desk.call("setWebhook", only).await;
    desk.advance(1).await;
    desk.call(
        "setWebhook",
        json!({ "url": bot.url, "max_connections": 3 }),
    )
    .await;
    let info = desk.call("getWebhookInfo", json!({})).await;
    assert_eq!(info["allowed_updates"], json!(["callback_query"]));
    assert_eq!(info["max_connections"], 3);
    let user = desk.user(0).await;
    desk.say(user, "unwanted").await;
    assert_eq!(
        desk.call("getWebhookInfo", json!({})).await["pending_update_count"],
        0
    );
}

#[tokio::test]
async fn setting_again_and_too_often_is_remarked() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let again = json!({ "url": bot.url, "secret_token": "s3cret-A_1" });
    let (status, answer) = desk.raw("setWebhook", again.clone()).await;
    assert_eq!(
        (status, &answer["parameters"]["retry_after"]),
        (429, &json!(1))
    );
    desk.advance(1).await;
    let (_, answer) = desk.raw("setWebhook", again).await;
    assert_eq!(answer["description"], "Webhook is already set");
    let (_, answer) = desk.raw("deleteWebhook", json!({})).await;
    assert_eq!(answer["description"], "Webhook was deleted");
    let (_, answer) = desk.raw("deleteWebhook", json!({})).await;
    assert_eq!(answer["description"], "Webhook is already deleted");
}

#[tokio::test]
async fn faults_touch_chosen_updates_only() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(0).await;
    desk.faults(json!({ "updates": [
        { "kind": "message", "action": "drop", "count": 1 },
        { "kind": "message", "action": "duplicate", "count": 1 },
    ]}))
    .await;
    for text in ["dropped", "doubled", "plain"] {
        desk.say(user, text).await;
    }
    until("three deliveries", async || bot.texts().len() == 3).await;
    assert_eq!(bot.texts(), ["doubled", "doubled", "plain"]);
    assert_eq!(desk.get("/faults").await["updates"][0]["count"], 0);
}

#[tokio::test]
async fn a_certificate_is_noted() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let set = async |bytes: usize| {
        desk.advance(1).await;
        let part = reqwest::multipart::Part::bytes(vec![b'a'; bytes]).file_name("own.pem");
        let form = reqwest::multipart::Form::new()
            .text("url", bot.url.clone())
            .part("certificate", part);
        let url = desk.url(&format!("/bot{TOKEN}/setWebhook"));
        let answer = desk.http().post(url).multipart(form).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["description"].clone()
    };
    let custom =
        async || desk.call("getWebhookInfo", json!({})).await["has_custom_certificate"].clone();
    assert_eq!(custom().await, false);
    for _ in 0..2 {
        assert_eq!(
            set(100).await,
            "Webhook was set",
            "it is not the same for sure"
        );
        assert_eq!(custom().await, true);
    }
    assert_eq!(
        set((3 << 20) + 1).await,
        "Bad Request: certificate size is too big (3145729 bytes)"
    );
}
