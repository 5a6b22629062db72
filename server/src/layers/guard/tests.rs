use std::path::PathBuf;

use app::{host::AssetNames, session::Sessions};
use axum::{
    Router,
    body::{Body, to_bytes},
    middleware::from_fn_with_state,
    routing::get,
};
use leptos::config::LeptosOptions;
use telegram::{BotToken, Client, init_data::AgeLimits};
use tower::ServiceExt;

use super::*;

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("starfront-guard-{}", uuid::Uuid::new_v4());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn host(folder: &Folder) -> Host {
    let files = &folder.0;
    let database = format!("sqlite:{}", files.join("shop.db").display());
    let shop = shop::Shop::open(&database, files).await.unwrap();
    let token = BotToken::parse("42:GUARD").unwrap();
    let leptos = LeptosOptions::builder().output_name("starfront").build();
    Host {
        sessions: Sessions::new([1; 32], 60),
        telegram: Client::new("http://127.0.0.1:9", token.clone()).unwrap(),
        token,
        init_data_ages: AgeLimits::default(),
        bot_username: Arc::new(String::new),
        public_url: "http://127.0.0.1".into(),
        script_url: Arc::new(String::new),
        assets: Arc::new(AssetNames {
            script: String::new(),
            wasm: String::new(),
            style: String::new(),
        }),
        leptos: Arc::new(leptos),
        shop,
        clock: crate::clock::now,
    }
}

async fn service(folder: &Folder, places: usize) -> Router {
    let bounds = Guard {
        patience: Duration::from_millis(200),
        ..Guard::new(host(folder).await, places)
    };
    #[allow(clippy::panic)]
    let broken = || async {
        if true {
            panic!("secret words")
        }
    };
    let endless = || async { std::future::pending::<()>().await };
    Router::new()
        .route("/fine", get(|| async { "fine" }))
        .route("/broken", get(broken))
        .route("/api/app/broken", get(broken))
        .route("/endless", get(endless))
        .layer(from_fn_with_state(bounds, guard))
}

fn ask(path: &str, accept: &str) -> Request {
    let request = Request::builder().uri(path).header(header::ACCEPT, accept);
    let request = request.header(header::ACCEPT_LANGUAGE, "ru");
    request.body(Body::empty()).unwrap()
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.into()).unwrap()
}

#[tokio::test]
async fn a_panic_is_a_page_for_people_and_a_code_for_programs() {
    let folder = Folder::new();
    let service = service(&folder, 1).await;
    let page = service
        .clone()
        .oneshot(ask("/broken", "text/html"))
        .await
        .unwrap();
    assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let page = text(page).await;
    assert!(page.contains("<html lang=\"ru\"") && !page.contains("secret words"));

    let json = service
        .clone()
        .oneshot(ask("/broken", "application/json"))
        .await
        .unwrap();
    assert_eq!(json.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let told: serde_json::Value = serde_json::from_str(&text(json).await).unwrap();
    assert_eq!(told["code"], "internal");
    assert!(!told["message"].as_str().unwrap().is_ascii(), "{told}");

    let island = ask("/api/app/broken", "*/*");
    let island = service.clone().oneshot(island).await.unwrap();
    assert_eq!(island.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let error = ApiError::de(to_bytes(island.into_body(), 1 << 20).await.unwrap());
    assert_eq!(
        (error.code.as_str(), error.remedy),
        ("internal", Remedy::Retry)
    );

    // Both gave their place back.
    let fine = service.oneshot(ask("/fine", "*/*")).await.unwrap();
    assert_eq!(fine.status(), StatusCode::OK);
}

#[tokio::test]
async fn who_comes_too_many_or_waits_too_long_is_told() {
    let folder = Folder::new();
    let service = service(&folder, 1).await;
    let waiting = tokio::spawn(service.clone().oneshot(ask("/endless", "*/*")));
    tokio::task::yield_now().await;
    let second = service.clone().oneshot(ask("/fine", "*/*")).await.unwrap();
    assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(second.headers()[header::RETRY_AFTER], "2");
    assert!(text(second).await.contains("too_many"));

    let late = waiting.await.unwrap().unwrap();
    assert_eq!(late.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(late).await.contains("too_slow"));
}

#[test]
fn a_panic_that_no_handler_saw_is_counted() {
    let numbers = metrics::start().unwrap();
    let usual = std::panic::take_hook();
    log_panics();
    let worker = std::thread::spawn(|| panic!("as the test wants it"));
    assert!(worker.join().is_err());
    std::panic::set_hook(usual);
    let told = numbers.render();
    assert!(told.contains("panics_total"), "{told}");
}
