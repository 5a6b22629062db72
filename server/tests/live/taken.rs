//! Somebody else with the bot's token takes its updates.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Answer, Call, TestShop, eventually};

/// A shop that has an owner and looks every second.
async fn watchful() -> TestShop {
    TestShop::open_with(|settings| {
        settings
            .with("STARFRONT_OWNERS", "900")
            .with("STARFRONT_RECONCILE_SECONDS", "1")
    })
    .await
}

fn to_owner(call: &Call) -> bool {
    let text = call.body["text"].as_str().unwrap();
    call.body["chat_id"] == 900 && text.contains("took its updates")
}

async fn taken(webhook: impl FnOnce(&TestShop) -> Option<Value>) {
    let shop = watchful().await;
    let foreign = webhook(&shop);
    shop.telegram
        .next("setWebhook", Answer::failure(99, 502, "Bad Gateway"));
    shop.telegram.takes_webhook(foreign);
    eventually("not ready", || async {
        let status = shop.get("/readyz").send().await.ok()?.status();
        (status == StatusCode::SERVICE_UNAVAILABLE).then_some(())
    })
    .await;
    shop.logged("somebody else took the bot's updates").await;
    shop.telegram.call_where("sendMessage", to_owner).await;

    shop.telegram.recover();
    shop.ready().await;
    let set = shop.telegram.calls("setWebhook");
    assert_eq!(
        set.first().unwrap().body,
        set.last().unwrap().body,
        "{set:?}"
    );
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_set_again() {
    taken(|_| None).await;
}

#[tokio::test]
async fn a_webhook_that_leads_elsewhere_is_set_again() {
    taken(|_| Some(json!({"url": "https://other.example/hook"}))).await;
}

#[tokio::test]
async fn a_webhook_that_brings_too_little_is_set_again() {
    taken(|shop| {
        let url = shop.url("/telegram/webhook");
        Some(json!({"url": url, "allowed_updates": ["message"]}))
    })
    .await;
}

#[tokio::test]
async fn a_webhook_in_the_way_of_polling_is_taken_away_again() {
    // It looks by itself in five minutes: Telegram's refusal is what makes it look.
    let shop = TestShop::open_with(|settings| {
        settings
            .with("STARFRONT_OWNERS", "900")
            .with("STARFRONT_UPDATES", "polling")
    })
    .await;
    shop.telegram.call("getUpdates").await;
    let foreign = json!({"url": "https://other.example/hook"});
    shop.telegram.takes_webhook(Some(foreign));
    shop.telegram.called("deleteWebhook", 2).await;
    shop.telegram.call_where("sendMessage", to_owner).await;
    shop.telegram.waits(TestShop::written(54, "/help"));
    shop.telegram
        .call_where("sendMessage", |call| call.body["chat_id"] == 54)
        .await;
}

#[tokio::test]
async fn check_compares_the_webhook_with_the_settings() {
    let shop = TestShop::open().await;
    let foreign = json!({
        "url": "https://other.example/hook",
        "allowed_updates": ["message"],
        "last_error_message": "Wrong response from the webhook",
    });
    shop.telegram.takes_webhook(Some(foreign));
    let checked = shop.run(&["check"]).await;
    let told = String::from_utf8(checked.stdout).unwrap();
    for part in [
        "https://other.example/hook and not to",
        &shop.url("/telegram/webhook"),
        "does not bring callback_query, pre_checkout_query",
        "Wrong response from the webhook",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
