//! How calls fail, and that the token stays inside whatever happens.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;
use support::{FakeTelegram, Reply, SECRET, TOKEN};
use telegram::client::{SendFile, SendMessage, Upload};
use telegram::{ApiError, BotToken, Client};
use tokio::io::AsyncWriteExt;

async fn error_of(fake: &FakeTelegram) -> ApiError {
    fake.client().get_me().await.unwrap_err()
}

#[tokio::test]
async fn telegrams_error_shape_is_understood() {
    let fake = FakeTelegram::start().await;
    let body = json!({"ok": false, "error_code": 429, "parameters": {"retry_after": 7},
                      "description": "Too Many Requests: retry after 7"});
    fake.will_reply(429, body.to_string());
    assert_eq!(error_of(&fake).await, ApiError::RetryAfter { seconds: 7 });
    fake.will_refuse(403, "Forbidden: bot was blocked by the user");
    let blocked = fake
        .client()
        .send_message(&SendMessage::new(42, "Hello"))
        .await
        .unwrap_err();
    assert!(blocked.is_unreachable() && !blocked.is_transient());
    fake.will_refuse(400, "Bad Request: STARS_INVOICE_INVALID");
    let refused = error_of(&fake).await;
    assert_eq!(refused.code(), "bad_request");
    assert!(refused.to_string().contains("STARS_INVOICE_INVALID"));
    fake.will_refuse(400, "Bad Request: CHARGE_ALREADY_REFUNDED");
    let refund = fake
        .client()
        .refund_star_payment(42, "charge-1")
        .await
        .unwrap_err();
    assert_eq!(refund, ApiError::ChargeAlreadyRefunded);
}

#[tokio::test]
async fn answers_of_something_else_are_named_by_their_status() {
    let fake = FakeTelegram::start().await;
    for (status, code) in [(502, "server"), (413, "too_large"), (401, "unauthorized")] {
        fake.will_reply(status, "<html>busy</html>");
        assert_eq!(error_of(&fake).await.code(), code, "{status}");
    }
    fake.will_reply_with(Reply {
        status: 429,
        headers: vec![("retry-after", "12".to_owned())],
        body: b"slow down".to_vec(),
    });
    assert_eq!(error_of(&fake).await, ApiError::RetryAfter { seconds: 12 });
    let bodies = [
        ("<html>log in to the hotel network</html>", "not_telegram"),
        ("", "not_telegram"),
        ("[]", "not_telegram"),
        (r#"{"ok":true}"#, "malformed"),
        (r#"{"ok":true,"result":{"id":"Ada Lovelace"}}"#, "malformed"),
    ];
    for (body, code) in bodies {
        fake.will_reply(200, body);
        let error = error_of(&fake).await;
        assert_eq!(error.code(), code, "{body}");
        assert!(error.may_have_happened() && !error.is_transient());
        assert_eq!(error.is_of_the_way(), code == "not_telegram");
        assert!(!error.to_string().contains("Lovelace"), "{error}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut() {
    let fake = FakeTelegram::start().await;
    fake.will_reply(200, vec![b' '; telegram::limits::RESPONSE_BYTES + 1]);
    let error = error_of(&fake).await;
    assert_eq!(error.code(), "malformed");
    assert!(error.to_string().contains("longer than"), "{error}");
}

/// A listener that cuts each connection after some bytes.
async fn cut_off_after(bytes: &'static [u8]) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.write_all(bytes).await;
        }
    });
    base
}

fn client(base: &str) -> Client {
    Client::new(base, BotToken::parse(TOKEN).unwrap()).unwrap()
}

/// All that an error shows, its causes included.
fn all_of(error: &ApiError) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        shown.push_str(&format!(" {error} {error:?}"));
        cause = error.source();
    }
    shown
}

/// Errors of every origin, from a server that repeats the address wherever it can.
async fn errors_of_every_origin() -> Vec<ApiError> {
    let fake = FakeTelegram::start().await;
    let path = format!("/bot{TOKEN}/getMe");
    let mut errors = Vec::new();
    for code in [400, 401, 403, 404, 409, 413, 429, 500] {
        fake.will_refuse(code, &format!("no such path {path}, secret {SECRET}"));
        errors.push(error_of(&fake).await);
        fake.will_reply(
            code,
            format!("<h1>The requested URL {path} was not found</h1>"),
        );
        errors.push(error_of(&fake).await);
    }
    fake.will_reply(200, json!({"ok": true, "result": {"id": path}}).to_string());
    errors.push(error_of(&fake).await);
    fake.will_reply_with(Reply {
        status: 302,
        headers: vec![("location", format!("{}{path}?again", fake.base()))],
        body: Vec::new(),
    });
    errors.push(error_of(&fake).await);
    assert_eq!(fake.heard_count(), 18, "a redirect is not followed");

    let stop = |bytes| async move { client(&cut_off_after(bytes).await).get_me().await };
    errors.push(stop(b"").await.unwrap_err());
    errors.push(stop(b"not http at all\r\n\r\n").await.unwrap_err());
    errors.push(
        stop(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")
            .await
            .unwrap_err(),
    );
    // Nobody listens on the port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    errors.push(
        client(&format!("http://{free}"))
            .get_me()
            .await
            .unwrap_err(),
    );
    errors.push(client("http://name.invalid").get_me().await.unwrap_err());
    let broken = [Ok("one"), Err(std::io::Error::other("disk gone"))];
    let upload = Upload::stream("a.txt", "text/plain", 9, futures::stream::iter(broken));
    let sent = client(fake.base())
        .send_document(SendFile::new(42, upload))
        .await;
    errors.push(sent.unwrap_err());
    errors
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_token_never_gets_out() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing_subscriber::util::SubscriberInitExt::init(subscriber);

    let errors = errors_of_every_origin().await;
    assert_eq!(errors.len(), 24);
    for error in &errors {
        let shown = all_of(error);
        assert!(!shown.contains(SECRET), "the token is in: {shown}");
        assert!(!shown.contains("/bot42"), "the address is in: {shown}");
    }
    let network = errors
        .iter()
        .filter(|error| error.code() == "network")
        .count();
    assert_eq!(network, 6, "{errors:#?}");

    let shown = format!(
        "{:?} {:#?}",
        client("http://127.0.0.1:1"),
        client("http://127.0.0.1:1")
    );
    assert!(!shown.contains(SECRET), "{shown}");

    let lines = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        lines.contains("Bot API call failed"),
        "the log was caught: {lines}"
    );
    assert!(!lines.contains(SECRET), "the token is in the log: {lines}");
}

#[tokio::test]
async fn a_bad_base_is_named() {
    let error = Client::new("telegram", BotToken::parse(TOKEN).unwrap()).unwrap_err();
    assert_eq!(error.code(), "bad_base");
    assert_eq!(
        error.to_string(),
        "the Telegram API address is unusable: it is not an address"
    );
}

#[tokio::test]
async fn tls_can_be_set_up_again_and_says_when_it_cannot() {
    for _ in 0..2 {
        let token = BotToken::parse(TOKEN).unwrap();
        match Client::new(telegram::client::OFFICIAL_BASE, token) {
            Ok(client) => assert_eq!(client.bot_id(), 42),
            // A bare machine has no certificates to trust.
            Err(ApiError::Setup { problem }) => assert!(problem.contains("certificates")),
            Err(error) => panic!("{error}"),
        }
    }
}
