//! What is logged, and what never is.

use app::api::{Download, Fragment, Session, Stage};
use serde_json::Value;

use crate::support::{Buyer, GUIDE, TOKEN, TestShop};

/// Secrets and personal things that stand in a log, each with the line that betrays it.
fn leaks<'a>(log: &'a str, secrets: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let in_line = |line: &'a str| {
        let found = secrets
            .iter()
            .filter(move |secret| line.contains(secret.as_str()));
        found.map(move |secret| (secret.as_str(), line))
    };
    log.lines().flat_map(in_line).collect()
}

#[test]
fn a_leak_would_be_found() {
    let secrets = ["abc".to_owned(), "def".to_owned()];
    assert_eq!(
        leaks("fine\nhas abc in it", &secrets),
        [("abc", "has abc in it")]
    );
    assert!(leaks("fine", &secrets).is_empty());
}

/// A purchase with all that can go wrong on its way; gives what must not be seen.
async fn eventful_purchase(shop: &TestShop) -> Vec<String> {
    let buyer = shop.buyer(987_654_321, "en").await;
    let forged = buyer.init_data.replace("Wil", "Bil");
    assert!(
        shop.call::<Session>("start_session", "", (forged,))
            .await
            .is_err()
    );
    let found = buyer
        .call::<Fragment>("search_products", ("needle-in-search", ""))
        .await;
    assert!(found.is_ok());
    assert!(buyer.try_order("guide", 1).await.is_err());
    let order = buyer.order("guide", 40).await;
    let events = format!("/orders/{}/events?ticket={}", order.id, order.ticket);
    let stream = shop.get(&events).send().await.unwrap();
    buyer.precheck("payload-of-a-stranger", 40).await;
    buyer.precheck(&order.id, 40).await;
    let charge = buyer.paid(&order).await;
    let view = buyer.sees(&order, Stage::Delivered).await;
    let goods = view
        .split(|c: char| !c.is_ascii_hexdigit())
        .find(|part| part.len() == 32);
    let download: Download = buyer
        .call("open_download", (goods.unwrap(),))
        .await
        .unwrap();
    let link = download.url;
    let got = shop
        .http
        .get(&link)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(got, GUIDE);
    shop.get(&format!("/p/guide?needle-in-query={}", buyer.token))
        .send()
        .await
        .unwrap();
    shop.get("/needle-in-path").send().await.unwrap();
    shop.update(&TestShop::written(buyer.id, "needle in the chat"))
        .await;
    shop.telegram.call("sendMessage").await;
    drop(stream);
    let (_, key) = TOKEN.split_once(':').unwrap();
    let hash = buyer.init_data.rsplit('=').next().unwrap().to_owned();
    let mac = link.split('/').nth(6).unwrap().to_owned();
    [
        key,
        &hash,
        &mac,
        Buyer::NAME,
        &buyer.token,
        &order.ticket,
        &order.id,
        &charge,
        goods.unwrap(),
        "needle",
        "ticket=",
        "987654321",
        "guide.txt",
        "payload-of-a-stranger",
        &shop.telegram.webhook_secret().await,
    ]
    .map(str::to_owned)
    .into()
}

async fn log_of_a_purchase(filter: Option<&str>) {
    let shop = TestShop::open_with(|settings| match filter {
        Some(filter) => settings.with("RUST_LOG", filter),
        None => settings,
    })
    .await;
    let secrets = eventful_purchase(&shop).await;
    // The last request's line is there when the one after it is.
    let last = shop.get("/healthz").send().await.unwrap();
    let id = last.headers()["x-request-id"].to_str().unwrap().to_owned();
    shop.logged(&id).await;

    let log = shop.log();
    let found = leaks(&log, &secrets);
    assert!(found.is_empty(), "{found:#?}");

    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let has = |name: &str, value: &str| lines.iter().any(|line| line[name] == value);
    for route in [
        "/p/{code}",
        "/api/app/{name}",
        "/telegram/webhook",
        "/orders/{id}/events",
        "unmatched",
    ] {
        assert!(has("http.route", route), "{route}");
    }
    assert!(has("charge.end", "granted"));
    assert!(has("precheck.answer", "ok"));
    assert!(has("message", "launch data was refused"));
}

#[tokio::test]
async fn a_purchase_leaves_no_secret_in_the_log() {
    log_of_a_purchase(None).await;
}

#[tokio::test]
async fn nor_does_it_when_our_own_parts_tell_all() {
    let all = "warn,server=trace,shop=trace,telegram=trace,app=trace";
    log_of_a_purchase(Some(all)).await;
}
