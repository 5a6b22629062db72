//! The live state of an order.

use futures::StreamExt;
use reqwest::StatusCode;

use crate::support::{Opened, SOON, TestShop};

/// All events until the stream ends.
async fn events(shop: &TestShop, order: &Opened) -> tokio::task::JoinHandle<String> {
    let path = format!("/orders/{}/events?ticket={}", order.id, order.ticket);
    let answer = shop.get(&path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let mut chunks = answer.bytes_stream();
    tokio::spawn(async move {
        let mut all = String::new();
        while let Some(Ok(chunk)) = chunks.next().await {
            all.push_str(&String::from_utf8_lossy(&chunk));
        }
        all
    })
}

#[tokio::test]
async fn the_stream_tells_each_step_and_ends() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(71, "en").await;
    let order = buyer.order("guide", 40).await;
    let all = events(&shop, &order).await;
    assert_eq!(buyer.precheck(&order.id, 40).await["ok"], true);
    buyer.paid(&order).await;
    let all = tokio::time::timeout(SOON, all).await.unwrap().unwrap();
    let words: Vec<&str> = all
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .collect();
    assert_eq!(words.first(), Some(&"opened"));
    assert_eq!(words.last(), Some(&"delivered"));
}

#[tokio::test]
async fn a_ticket_is_good_for_one_order() {
    let shop = TestShop::open().await;
    let one = shop.buyer(72, "en").await.order("guide", 40).await;
    let other = shop.buyer(73, "en").await.order("guide", 40).await;
    for ticket in ["", "1.ab", other.ticket.as_str()] {
        let path = format!("/orders/{}/events?ticket={ticket}", one.id);
        let answer = shop.get(&path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{ticket}");
    }
}
