//! What the buyer reads in the payment sheet.

use app::api::OpenedOrder;
use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{Raw, TestShop, eventually, postgres};

fn refused(answer: &Value) -> &str {
    assert_eq!(answer["ok"], false, "{answer}");
    answer["error_message"].as_str().unwrap()
}

#[tokio::test]
async fn a_refusal_speaks_the_buyers_language() {
    let shop = TestShop::open().await;
    let english = shop.buyer(31, "en").await;
    let russian = shop.buyer(32, "ru").await;
    let (first, second) = (
        english.order("guide", 40).await,
        russian.order("guide", 40).await,
    );
    let paused = shop.run(&["shop", "pause"]).await;
    assert!(paused.status.success(), "{paused:?}");

    let answer = english.precheck(&first.id, 40).await;
    assert!(refused(&answer).is_ascii(), "{answer}");
    let answer = russian.precheck(&second.id, 40).await;
    assert!(
        refused(&answer).contains("магазин") || refused(&answer).contains("Магазин"),
        "{answer}"
    );

    assert!(shop.run(&["shop", "resume"]).await.status.success());
    assert_eq!(english.precheck(&first.id, 40).await["ok"], true);
}

/// Whoever holds the tables keeps the answer from being yes, and not from being in time: nothing is
/// asked of the database once it was too slow.
#[tokio::test]
async fn a_database_that_hangs_is_asked_once() {
    const WAITING: &str = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted
        AND relation = 'buyer'::regclass";
    let Some(url) = postgres().await else { return };
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_DATABASE_URL", &url)).await;
    let buyer = shop.buyer(39, "ru").await;
    let order = buyer.order("guide", 40).await;
    let (mut holder, mut watcher) = (Raw::open(&shop).await, Raw::open(&shop).await);
    holder
        .run("BEGIN; LOCK TABLE orders, buyer IN ACCESS EXCLUSIVE MODE")
        .await;
    let answered = buyer.precheck(&order.id, 40);
    tokio::pin!(answered);
    let answer = loop {
        tokio::select! {
            answer = &mut answered => break answer,
            waiting = watcher.count(WAITING) => {
                assert_eq!(waiting, 0, "the answer waits for the buyer's row");
                tokio::task::yield_now().await;
            }
        }
    };
    assert!(refused(&answer).contains("магазин") || refused(&answer).contains("Магазин"));
    // It was there all the time.
    holder.run("ROLLBACK").await;
    eventually("the shop sells", || async {
        let answer = buyer.precheck(&order.id, 40).await;
        (answer["ok"] == true).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_is_not_ours_or_not_right_is_refused() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(33, "en").await;
    let order = buyer.order("guide", 40).await;
    for (payload, price) in [("nonsense", 40), (order.id.as_str(), 39)] {
        let answer = buyer.precheck(payload, price).await;
        assert!(!refused(&answer).is_empty());
    }
    let other = shop.buyer(34, "en").await;
    let no = other.try_order("guide", 1).await.unwrap_err();
    assert_eq!(no.status, StatusCode::CONFLICT);
    assert_eq!(no.error.code, "price_changed");
}

#[tokio::test]
async fn what_is_sold_out_cannot_be_ordered() {
    let shop = TestShop::open().await;
    let first = shop.buyer(35, "en").await;
    first.buy("set", 90).await;
    let second = shop.buyer(36, "ru").await;
    let no = second.try_order("set", 90).await.unwrap_err();
    assert_eq!(no.status, StatusCode::CONFLICT);
    assert_eq!(no.error.code, "sold_out");
}

#[tokio::test]
async fn nobody_orders_without_a_session() {
    let shop = TestShop::open().await;
    for token in ["", "1.9999999999.abcd"] {
        let arguments = ("guide", "default", 40_u64, None::<String>);
        let no = shop
            .call::<OpenedOrder>("open_order", token, arguments)
            .await;
        let no = no.unwrap_err();
        assert_eq!(no.status, StatusCode::UNAUTHORIZED);
        assert!(no.error.code.starts_with("session_"), "{no:?}");
    }
}

#[tokio::test]
async fn a_promo_code_lowers_the_price_for_who_holds_it() {
    let shop = TestShop::open().await;
    let page = async |query: &str| {
        let answer = shop.get(&format!("/p/guide?{query}")).send().await.unwrap();
        answer.text().await.unwrap()
    };
    let plain = page("").await;
    assert!(plain.contains("Have a code?") && plain.contains(r#"data-price="40""#));
    assert!(page("code=tram").await.contains("There is no such code."));
    let lower = page("code=lamp").await;
    for part in [r#"data-price="30""#, r#"data-promo="LAMP""#, "before 40"] {
        assert!(lower.contains(part), "{part} in {lower}");
    }
    let other = shop.get("/p/set").send().await.unwrap();
    assert!(!other.text().await.unwrap().contains("Have a code?"));

    let (first, second) = (shop.buyer(37, "en").await, shop.buyer(38, "en").await);
    let with_code = ("guide", "default", 30_u64, Some("lamp"));
    let opened: OpenedOrder = first.call("open_order", with_code).await.unwrap();
    let no = second.call::<OpenedOrder>("open_order", with_code).await;
    let no = no.unwrap_err();
    assert_eq!(no.error.code, "promo_used_up");
    assert!(
        page("code=LAMP")
            .await
            .contains("This code has been used up.")
    );
    let full = first.precheck(&opened.order, 40).await;
    assert_eq!(full["ok"], false);
    assert_eq!(first.precheck(&opened.order, 30).await["ok"], true);
}
