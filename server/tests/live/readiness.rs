//! A shop whose Telegram is not there.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{Answer, SCRIPT, TestShop, eventually};

#[tokio::test]
async fn pages_are_served_while_telegram_is_not_reached() {
    let mut shop = TestShop::prepare(|settings| settings).await;
    shop.telegram
        .next("getMe", Answer::failure(99, 502, "Bad Gateway"));
    shop.start();
    shop.alive().await;
    let answer = shop.get("/readyz").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["database"], "ok");
    assert_eq!(told["telegram"], "unreachable");
    assert_eq!(shop.get("/").send().await.unwrap().status(), StatusCode::OK);

    shop.telegram.recover();
    shop.ready().await;
}

#[tokio::test]
async fn a_shop_without_telegrams_script_is_not_ready() {
    let mut shop = TestShop::prepare(|settings| settings).await;
    shop.telegram
        .next(SCRIPT, Answer::failure(99, 502, "Bad Gateway"));
    shop.start();
    let told = eventually("all but the script", || async {
        let answer = shop.get("/readyz").send().await.ok()?;
        let told: Value = answer.json().await.ok()?;
        (told["telegram"] == "ok").then_some(told)
    })
    .await;
    assert_eq!(told["ready"], false);
    assert_eq!(told["script"], "unreachable");

    shop.telegram.recover();
    shop.ready().await;
}

#[tokio::test]
async fn a_webhook_that_telegram_did_not_keep_is_no_quiet_shop() {
    let mut shop = TestShop::prepare(|settings| settings).await;
    let refused = "Bad Request: bad webhook: HTTPS url must be provided";
    shop.telegram
        .next("setWebhook", Answer::failure(1, 400, refused));
    shop.start();
    let line = shop.logged("the bot is not set up yet").await;
    assert_eq!(line["error.code"], "bad_request");
    shop.ready().await;
}
