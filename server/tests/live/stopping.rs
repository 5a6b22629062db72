//! Stopping, with somebody listening and work under way.

use futures::StreamExt;

use app::api::Stage;

use crate::support::{Answer, TestShop};

#[tokio::test]
async fn a_stop_ends_streams_and_comes_within_seconds() {
    let mut shop = TestShop::open().await;
    let order = shop.buyer(81, "en").await.order("guide", 40).await;
    let path = format!("/orders/{}/events?ticket={}", order.id, order.ticket);
    let mut stream = shop.get(&path).send().await.unwrap().bytes_stream();
    assert!(stream.next().await.is_some());
    let (code, seconds) = shop.process().stop().await;
    assert_eq!(code, Some(0));
    assert!(seconds < 10.0, "{seconds}");
    while let Some(chunk) = stream.next().await {
        chunk.expect("the stream ends as it should");
    }
    let log = shop.log();
    assert!(log.contains("the shop is closed"));
    assert!(!log.contains("cut off"));
}

#[tokio::test]
async fn what_a_stop_cuts_off_goes_on_at_the_next_start() {
    let mut shop = TestShop::open().await;
    let buyer = shop.buyer(82, "en").await;
    let order = buyer.order("guide", 40).await;
    shop.telegram.next("sendDocument", Answer::silence(1));
    buyer.paid(&order).await;
    shop.telegram.call("sendDocument").await;
    let (code, seconds) = shop.process().stop().await;
    assert_eq!(code, Some(0));
    assert!(seconds < 10.0, "{seconds}");
    assert!(!shop.log().contains("cut off"));
    shop.start();
    shop.ready().await;
    // Not when a lease of minutes has run out.
    shop.telegram.called("sendDocument", 2).await;
    let buyer = shop.buyer(82, "en").await;
    buyer.sees(&order, Stage::Delivered).await;
}
