//! Pages, their headers, and what is no page.

use reqwest::{Method, Response, StatusCode, header};

use crate::support::TestShop;

fn text<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_page_carries_its_policy() {
    let shop = TestShop::open().await;
    let first = shop.get("/").send().await.unwrap();
    assert_eq!(first.status(), StatusCode::OK);
    let policy = text(&first, "content-security-policy").to_owned();
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap()
        .to_owned();
    assert!(nonce.len() >= 16, "{policy}");
    let sandbox = &shop.telegram.address;
    assert_eq!(
        policy.replace(&nonce, "N"),
        format!(
            "default-src 'none'; \
             script-src 'nonce-N' 'strict-dynamic' 'wasm-unsafe-eval' 'inline-speculation-rules'; \
             style-src 'self' 'nonce-N' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; \
             img-src 'self' data: blob:; media-src 'self'; font-src 'self'; \
             connect-src 'self'; manifest-src 'self'; \
             form-action 'self'; base-uri 'none'; object-src 'none'; \
             frame-ancestors https://web.telegram.org https://*.telegram.org {sandbox}"
        )
    );
    assert_eq!(text(&first, "cache-control"), "private, no-cache");
    assert_eq!(text(&first, "referrer-policy"), "no-referrer");
    assert_eq!(text(&first, "x-content-type-options"), "nosniff");
    assert!(text(&first, "permissions-policy").contains("camera=()"));
    for absent in [
        "x-frame-options",
        "cross-origin-embedder-policy",
        "set-cookie",
        "strict-transport-security",
    ] {
        assert!(!first.headers().contains_key(absent), "{absent}");
    }
    let body = first.text().await.unwrap();
    for script in body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    let second = shop.get("/").send().await.unwrap();
    assert!(
        !text(&second, "content-security-policy").contains(&nonce),
        "a nonce is used once"
    );
}

#[tokio::test]
async fn https_is_kept_once_it_is_there() {
    let https = "https://shop.example";
    let mut shop = TestShop::open_with(|settings| settings).await;
    shop.process().stop().await;
    let address = shop.settings.get("STARFRONT_PUBLIC_URL").to_owned();
    let settings = shop.settings.clone();
    shop.settings = settings.clone().with("STARFRONT_PUBLIC_URL", https);
    shop.start();
    shop.settings = settings;
    shop.alive().await;
    let answer = shop.http.get(format!("{address}/")).send().await.unwrap();
    assert_eq!(
        text(&answer, "strict-transport-security"),
        "max-age=31536000"
    );
}

#[tokio::test]
async fn live_reload_is_let_through_only_while_watching() {
    let watched = |settings: crate::support::Settings| settings.with("LEPTOS_WATCH", "ON");
    let shop = TestShop::open_with(watched).await;
    let answer = shop.get("/").send().await.unwrap();
    assert!(text(&answer, "content-security-policy").contains("connect-src 'self' ws: wss:"));
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let shop = TestShop::open().await;
    for path in [
        "/nothing",
        "/p/nothing",
        "/pkg/nothing.js",
        "/orders/nothing",
    ] {
        let answer = shop.get(path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            text(&answer, "content-security-policy").contains("'nonce-"),
            "{path}"
        );
        assert!(
            !text(&answer, "cache-control").contains("immutable"),
            "{path}"
        );
        assert!(answer.text().await.unwrap().contains("<html"), "{path}");
    }
    for path in [
        "/media/nothing",
        "/orders/nothing/events?ticket=x",
        "/files/a/1/b/c",
    ] {
        let answer = shop.get(path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn head_is_get_without_a_body_and_other_methods_are_refused() {
    let shop = TestShop::open().await;
    for path in [
        "/",
        "/p/guide",
        "/healthz",
        "/robots.txt",
        "/telegram-web-app.js",
    ] {
        let answer = shop.http.head(shop.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert!(answer.bytes().await.unwrap().is_empty(), "{path}");
        let answer = shop
            .http
            .request(Method::DELETE, shop.url(path))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    let answer = shop.get("/api/app/open_order").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn pages_travel_compressed() {
    let shop = TestShop::open().await;
    for coding in ["br", "gzip"] {
        let answer = shop
            .get("/")
            .header(header::ACCEPT_ENCODING, coding)
            .send()
            .await
            .unwrap();
        assert_eq!(text(&answer, "content-encoding"), coding);
    }
}

#[tokio::test]
async fn every_answer_has_an_id_of_our_own() {
    let shop = TestShop::open().await;
    let answer = shop
        .get("/healthz")
        .header("x-request-id", "mine\u{20}own")
        .send()
        .await
        .unwrap();
    let id = text(&answer, "x-request-id").to_owned();
    assert!(uuid::Uuid::parse_str(&id).is_ok(), "{id}");
    let line = shop.logged(&id).await;
    assert_eq!(line["http.route"], "/healthz");
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let shop = TestShop::open().await;
    let answer = shop.announce("/api/app/start_session", 100 * 1024).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}
