//! Stopping, with somebody listening and work under way.

use futures::StreamExt;

use crate::support::TestShop;

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
