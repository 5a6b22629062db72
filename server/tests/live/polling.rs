//! A shop without a public address.

use app::api::Stage;
use serde_json::json;

use crate::support::{Answer, Raw, TestShop, eventually};

async fn polling_shop() -> TestShop {
    TestShop::open_with(|settings| settings.with("STARFRONT_UPDATES", "polling")).await
}

#[tokio::test]
async fn updates_are_fetched_and_receipted() {
    let shop = polling_shop().await;
    shop.telegram.call("deleteWebhook").await;
    assert!(shop.telegram.calls("setWebhook").is_empty());
    let asked = shop.telegram.call("getUpdates").await.body;
    assert!(
        asked["allowed_updates"]
            .to_string()
            .contains("pre_checkout_query")
    );

    let buyer = shop.buyer(51, "en").await;
    let order = buyer.order("guide", 40).await;
    shop.telegram
        .waits(buyer.precheck_update("query-polled", &order.id, 40));
    assert_eq!(buyer.precheck_answer("query-polled").await["ok"], true);
    shop.telegram
        .waits(buyer.paid_update(&order.id, 40, "charge-polled"));
    buyer.sees(&order, Stage::Delivered).await;
    // Both were receipted, so nothing comes again.
    eventually("the receipt", || async {
        (shop.telegram.waiting() == 0).then_some(())
    })
    .await;
    assert_eq!(shop.telegram.calls("answerPreCheckoutQuery").len(), 1);
    assert_eq!(shop.telegram.calls("sendDocument").len(), 1);
}

#[tokio::test]
async fn a_pre_checkout_is_answered_again_when_the_way_to_telegram_fails() {
    let shop = polling_shop().await;
    let buyer = shop.buyer(52, "en").await;
    let order = buyer.order("guide", 40).await;
    shop.telegram.next(
        "answerPreCheckoutQuery",
        Answer::failure(1, 502, "Bad Gateway"),
    );
    shop.telegram
        .waits(buyer.precheck_update("query-twice", &order.id, 40));
    let answers = shop.telegram.called("answerPreCheckoutQuery", 2).await;
    assert!(answers.iter().all(|call| call.body["ok"] == true));
}

/// The receipt is sent when all before it is stored; what has no number is kept as well.
#[tokio::test]
async fn nothing_is_receipted_before_it_is_stored() {
    let shop = polling_shop().await;
    let mut raw = Raw::open(&shop).await;
    raw.run(
        "CREATE TRIGGER refuse BEFORE INSERT ON inbox
         BEGIN SELECT RAISE(ABORT, 'nothing is stored now'); END",
    )
    .await;
    shop.telegram.waits(TestShop::written(54, "/help"));
    shop.logged("an update was not stored").await;
    assert_eq!(shop.telegram.waiting(), 1);
    raw.run("DROP TRIGGER refuse").await;
    shop.telegram.call("sendMessage").await;
    eventually("the receipt", || async {
        (shop.telegram.waiting() == 0).then_some(())
    })
    .await;

    shop.telegram
        .waits(json!({"message": {"text": "of no number"}}));
    shop.logged("an update without a number was put aside")
        .await;
    const KEPT: &str = "SELECT COUNT(*) FROM inbox WHERE state = 'dead'
        AND why = 'no_update_id' AND raw LIKE '%of no number%'";
    assert_eq!(raw.count(KEPT).await, 1);
    // And stops nothing.
    shop.telegram.waits(TestShop::written(55, "/help"));
    shop.telegram.called("sendMessage", 2).await;
}

#[tokio::test]
async fn a_pre_checkout_is_answered_again_when_telegram_is_silent_or_busy() {
    let shop = polling_shop().await;
    let buyer = shop.buyer(55, "en").await;
    let order = buyer.order("guide", 40).await;
    for (query, trouble) in [
        ("query-silent", Answer::silence(1)),
        ("query-busy", Answer::wait(1)),
    ] {
        shop.telegram.next("answerPreCheckoutQuery", trouble);
        shop.telegram
            .waits(buyer.precheck_update(query, &order.id, 40));
        eventually(query, || async {
            let answers = shop.telegram.calls("answerPreCheckoutQuery");
            let mut of_query = answers
                .iter()
                .filter(|call| call.body["pre_checkout_query_id"] == query);
            let all_yes = of_query.clone().all(|call| call.body["ok"] == true);
            (of_query.nth(1).is_some() && all_yes).then_some(())
        })
        .await;
    }
    shop.telegram
        .waits(buyer.paid_update(&order.id, 40, "charge-silent"));
    buyer.sees(&order, Stage::Delivered).await;
}

#[tokio::test]
async fn another_shop_at_the_same_bot_is_waited_out() {
    let shop = TestShop::prepare(|settings| settings.with("STARFRONT_UPDATES", "polling")).await;
    let conflict = "Conflict: terminated by other getUpdates request";
    shop.telegram
        .next("getUpdates", Answer::failure(1, 409, conflict));
    let mut shop = shop;
    shop.start();
    shop.ready().await;
    shop.telegram.waits(TestShop::written(53, "/help"));
    shop.telegram.call("sendMessage").await;
    shop.logged("updates could not be fetched").await;
}
