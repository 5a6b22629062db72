//! Files of the site, pictures, and Telegram's script.

use app::api::Stage;
use reqwest::{Response, StatusCode, header};

use crate::support::{Answer, TestShop, eventually};

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

fn text<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn built_files_come_compressed_and_stay() {
    let shop = TestShop::open().await;
    let request = shop
        .get("/pkg/starfront.AbCdEfGhIjKlMnOpQrSt_-.js")
        .header(header::ACCEPT_ENCODING, "br, gzip");
    let answer = request.send().await.unwrap();
    assert_eq!(text(&answer, "content-encoding"), "br");
    assert_eq!(text(&answer, "cache-control"), FOR_GOOD);
    assert!(text(&answer, "content-type").contains("javascript"));
    assert_eq!(answer.bytes().await.unwrap(), &b"pretend-brotli"[..]);
    let answer = shop.get("/robots.txt").send().await.unwrap();
    assert_eq!(text(&answer, "cache-control"), "public, max-age=3600");
    let outside = shop.get("/pkg/%2e%2e/%2e%2e/shop.db").send().await.unwrap();
    assert_eq!(outside.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_may_not_run_anything() {
    let shop = TestShop::open().await;
    let page = shop
        .get("/p/guide")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let at = page.find("/media/").expect("a picture");
    let path = page[at..].split('"').next().unwrap();
    let answer = shop.get(path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(text(&answer, "content-type"), "image/svg+xml");
    assert_eq!(text(&answer, "cache-control"), FOR_GOOD);
    let policy = text(&answer, "content-security-policy");
    assert_eq!(
        policy,
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    );
    assert_eq!(text(&answer, "x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn telegrams_script_is_served_from_here_and_outlives_telegram() {
    let mut shop = TestShop::open().await;
    let path = script_path(&shop).await;
    let brotli = shop
        .get(&path)
        .header(header::ACCEPT_ENCODING, "gzip, br")
        .send()
        .await
        .unwrap();
    assert_eq!(text(&brotli, "content-encoding"), "br");
    assert_eq!(text(&brotli, "cache-control"), FOR_GOOD);
    assert!(brotli.bytes().await.unwrap().len() < 300);
    let plain = shop.get(&path).send().await.unwrap().text().await.unwrap();
    assert!(plain.contains("Telegram.WebApp"));
    // Under an old name the new copy must not be kept.
    let old = shop.get("/telegram-web-app.js?v=0").send().await.unwrap();
    assert_eq!(text(&old, "cache-control"), "no-cache");

    shop.process().stop().await;
    shop.settings = shop
        .settings
        .clone()
        .with("STARFRONT_TELEGRAM_API", "http://127.0.0.1:9");
    shop.start();
    shop.alive().await;
    let kept = shop.get(&path).send().await.unwrap().text().await.unwrap();
    assert_eq!(kept, plain);
}

async fn script_path(shop: &TestShop) -> String {
    eventually("the script's address", || async {
        let page = shop.get("/").send().await.ok()?.text().await.ok()?;
        let at = page.find("/telegram-web-app.js?v=")?;
        Some(page[at..].split('"').next()?.to_owned())
    })
    .await
}

#[tokio::test]
async fn numbers_are_for_the_machine_itself() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(61, "en").await;
    let order = buyer.buy("guide", 40).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.telegram
        .next("sendMessage", Answer::failure(1, 502, "Bad Gateway"));
    let numbers = shop
        .get("/metrics")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    for line in [
        r#"charges_total{end="granted"} 1"#,
        r#"precheckout_total{answer="ok"} 1"#,
        r#"effects_total{kind="deliver",end="done"} 1"#,
        r#"route="/api/app/{name}""#,
        "precheckout_seconds_bucket",
    ] {
        assert!(numbers.contains(line), "{line} in\n{numbers}");
    }
    assert!(!numbers.contains(&order.id));
    let outside = shop
        .get("/metrics")
        .header("x-forwarded-for", "203.0.113.1")
        .send()
        .await;
    assert_eq!(outside.unwrap().status(), StatusCode::NOT_FOUND);
}
