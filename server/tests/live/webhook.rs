//! Telegram's door.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Answer, TestShop};

#[tokio::test]
async fn only_telegram_gets_in() {
    let shop = TestShop::open().await;
    let update = TestShop::written(1, "/help");
    let secret = shop.telegram.webhook_secret().await;
    assert!(secret.len() >= 32);
    let mut wrong = secret.clone();
    wrong.replace_range(0..1, if secret.starts_with('0') { "1" } else { "0" });
    for given in ["", "wrong", &wrong] {
        let request = shop.http.post(shop.url("/telegram/webhook")).json(&update);
        let request = request.header("x-telegram-bot-api-secret-token", given);
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::UNAUTHORIZED
        );
    }
    let request = shop.http.post(shop.url("/telegram/webhook")).json(&update);
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    let looked = shop.get("/telegram/webhook").send().await.unwrap();
    assert_eq!(looked.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(shop.telegram.calls("sendMessage").is_empty());
    // The right one does, so the cases above failed for the secret alone.
    assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    shop.telegram.call("sendMessage").await;
}

#[tokio::test]
async fn what_is_no_update_is_refused() {
    let shop = TestShop::open().await;
    let secret = shop.telegram.webhook_secret().await;
    let post = |body: &'static str| {
        let request = shop.http.post(shop.url("/telegram/webhook")).body(body);
        request
            .header("x-telegram-bot-api-secret-token", &secret)
            .send()
    };
    for body in ["", "{", "[]", r#"{"message": {}}"#] {
        let answer = post(body).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let answer = shop.announce("/telegram/webhook", 2 << 20).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    // Unknown kinds are taken, and harm nothing.
    let unknown = json!({"update_id": 5, "crystal_ball": {"sees": "rain"}});
    assert_eq!(shop.update(&unknown).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_update_that_comes_twice_is_worked_once() {
    let shop = TestShop::open().await;
    let update = TestShop::written(1, "/help");
    for _ in 0..3 {
        assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    }
    // Another one behind them in the same chat: when it is answered, they are through.
    shop.update(&TestShop::written(1, "/terms")).await;
    shop.telegram
        .call_where("sendMessage", |call| {
            call.body.to_string().contains("Terms of sale")
        })
        .await;
    assert_eq!(shop.telegram.calls("sendMessage").len(), 2);
}

#[tokio::test]
async fn an_answered_update_survives_a_crash() {
    let mut shop = TestShop::open().await;
    shop.telegram
        .next("sendMessage", Answer::failure(99, 502, "Bad Gateway"));
    let update = TestShop::written(7, "/help");
    assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    // Between two tries, a second apart at least, it is not leased: the lease of a process that
    // died would have to run out first.
    shop.logged("tried again later").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    shop.process().kill().await;
    let before = shop.telegram.calls("sendMessage").len();
    shop.telegram.recover();
    shop.start();
    shop.ready().await;
    let calls = shop.telegram.called("sendMessage", before + 1).await;
    assert_eq!(calls.last().unwrap().body["chat_id"], 7);
}

#[tokio::test]
async fn the_bot_knows_its_commands() {
    let shop = TestShop::open().await;
    for (command, part) in [
        ("/start", "Night Window"),
        ("/start p_guide", "A Guide"),
        ("/paysupport", "Write to us."),
        ("/terms", "Be <b>kind</b>."),
        ("/privacy", "not written"),
        ("/help", "/paysupport"),
        ("hello", "/help"),
    ] {
        shop.update(&TestShop::written(3, command)).await;
        let said = |call: &crate::support::Call| call.body["text"].as_str().unwrap().contains(part);
        let call = shop.telegram.call_where("sendMessage", said).await;
        let button = &call.body["reply_markup"]["inline_keyboard"][0][0]["web_app"]["url"];
        assert!(
            button.as_str().unwrap().starts_with(&shop.url("/")),
            "{command}"
        );
    }
}

#[tokio::test]
async fn telegram_is_told_what_the_bot_is() {
    let shop = TestShop::open().await;
    let hook = shop.telegram.call("setWebhook").await.body;
    assert_eq!(hook["url"], shop.url("/telegram/webhook"));
    let kinds = hook["allowed_updates"].as_array().unwrap();
    assert!(kinds.contains(&json!("pre_checkout_query")));
    let menu = shop.telegram.call("setChatMenuButton").await.body;
    assert_eq!(menu["menu_button"]["web_app"]["url"], shop.url("/"));
    let commands = shop.telegram.called("setMyCommands", 2).await;
    assert_eq!(commands[0].body["commands"].as_array().unwrap().len(), 5);
    assert_eq!(commands[1].body["language_code"], "ru");
    let described = shop.telegram.called("setMyDescription", 2).await;
    assert!(
        described[1].body["description"]
            .as_str()
            .unwrap()
            .contains("Ночное окно")
    );
}
