//! The control interface: its description, events, the journal.

use std::time::Duration;

use crate::support::{Desk, TOKEN};
use futures::StreamExt;
use serde_json::{Value, json};

/// What tools and tests rely on.
const PROMISED: [(&str, &str); 43] = [
    ("get", "/api/users"),
    ("post", "/api/users"),
    ("get", "/api/users/{id}"),
    ("post", "/api/stars"),
    ("get", "/api/bots"),
    ("post", "/api/launch"),
    ("get", "/api/keys"),
    ("post", "/api/custom-methods"),
    ("get", "/api/invoices/{slug}"),
    ("post", "/api/forms"),
    ("post", "/api/pay"),
    ("post", "/api/paid-media"),
    ("post", "/api/refunds"),
    ("get", "/api/ledger"),
    ("post", "/api/ledger"),
    ("get", "/api/subscriptions"),
    ("post", "/api/subscriptions"),
    ("post", "/api/affiliates"),
    ("post", "/api/withdrawals"),
    ("put", "/api/withdrawals"),
    ("post", "/api/script"),
    ("post", "/api/updates"),
    ("get", "/api/choices"),
    ("put", "/api/choices"),
    ("get", "/api/chats/{user_id}"),
    ("post", "/api/web-app-data"),
    ("put", "/api/privacy"),
    ("put", "/api/username"),
    ("post", "/api/messages"),
    ("post", "/api/callbacks"),
    ("post", "/api/write-access"),
    ("post", "/api/block"),
    ("get", "/api/communities"),
    ("post", "/api/communities"),
    ("put", "/api/communities/{id}/bot"),
    ("post", "/api/joins"),
    ("post", "/api/communities/{id}/leave"),
    ("get", "/api/time"),
    ("post", "/api/clock"),
    ("get", "/api/faults"),
    ("put", "/api/faults"),
    ("get", "/api/calls"),
    ("get", "/api/events"),
];

#[tokio::test]
async fn every_promised_route_is_described_and_every_described_one_exists() {
    let desk = Desk::start().await;
    let description = desk.get("/openapi.json").await;
    for (method, path) in PROMISED {
        assert!(
            description["paths"][path].get(method).is_some(),
            "{method} {path}"
        );
    }
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let filled = path.replace("{id}", "1").replace("{user_id}", "1");
            let filled = filled.replace("{slug}", "x").replace("{file_id}", "x");
            let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let request = desk.http().request(method.clone(), desk.url(&filled));
            let response = request.send().await.unwrap();
            assert_ne!(response.status(), 405, "{method} {path}");
            if response.status() == 404 {
                let problem: Value = response.json().await.unwrap();
                assert_ne!(
                    problem["error"]["code"], "route_not_found",
                    "{method} {path}"
                );
            }
        }
    }
}

#[tokio::test]
async fn failures_have_a_code_and_a_sentence() {
    let desk = Desk::start().await;
    let (status, problem) = desk
        .post("/pay", json!({ "slug": "x", "user_id": 1 }))
        .await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (404, &json!("invoice_not_found"))
    );
    let (status, problem) = desk.post("/users", json!({ "first_name": " " })).await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("first_name_invalid"))
    );
    let (status, problem) = desk.post("/users", json!({ "surname": "x" })).await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (422, &json!("body_invalid"))
    );
    let (status, problem) = desk
        .post("/launch", json!({ "token": "x", "user_id": 1 }))
        .await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (401, &json!("token_invalid"))
    );
}

#[tokio::test]
async fn a_user_changes_language_and_premium() {
    let desk = Desk::start().await;
    let user = desk.user(5).await;
    let send = async |path: String, change: Value| {
        let request = desk.http().patch(desk.url(&path)).json(&change);
        request.send().await.unwrap()
    };
    let path = format!("/api/users/{user}");
    let changed = send(
        path.clone(),
        json!({ "language_code": "de", "is_premium": true }),
    )
    .await;
    let changed: Value = changed.json().await.unwrap();
    assert_eq!(
        (&changed["language_code"], &changed["is_premium"]),
        (&json!("de"), &json!(true))
    );
    send(path, json!({ "language_code": "" })).await;
    let shown = desk.get(&format!("/users/{user}")).await;
    assert_eq!(shown.get("language_code"), None);
    assert_eq!(
        (&shown["is_premium"], &shown["stars"]),
        (&json!(true), &json!(5))
    );
    assert_eq!(send("/api/users/1".into(), json!({})).await.status(), 404);
}

#[tokio::test]
async fn a_mini_app_keeps_values_in_the_cloud() {
    let desk = Desk::start().await;
    let user = desk.user(0).await;
    let custom = async |method: &str, params: Value| {
        let call = json!({ "token": TOKEN, "user_id": user, "method": method, "params": params });
        desk.post("/custom-methods", call).await.1
    };
    custom("saveStorageValue", json!({ "key": "k", "value": "v" })).await;
    assert_eq!(
        custom("getStorageKeys", json!({})).await,
        json!({ "result": ["k"] })
    );
    assert_eq!(
        custom("getStorageValues", json!({ "keys": ["k", "none"] })).await,
        json!({ "result": { "k": "v", "none": "" } })
    );
    assert_eq!(
        custom("fly", json!({})).await,
        json!({ "error": "METHOD_NOT_FOUND" })
    );
}

#[tokio::test]
async fn a_mini_app_sends_and_prepares_messages() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let url = "http://127.0.0.1:3000/";
    let launch = json!({ "token": TOKEN, "user_id": user, "url": url });
    let data = desk.post("/launch", launch).await.1["init_data"].clone();
    let query_id = url::form_urlencoded::parse(data.as_str().unwrap().as_bytes())
        .find(|(name, _)| name == "query_id")
        .unwrap()
        .1
        .into_owned();
    let result = json!({
        "type": "article", "id": "1", "title": "Stickers",
        "input_message_content": { "message_text": "<b>Look</b>", "parse_mode": "HTML" },
    });
    let answer = json!({ "web_app_query_id": query_id, "result": result });
    desk.call("answerWebAppQuery", answer.clone()).await;
    assert!(
        desk.refusal("answerWebAppQuery", answer)
            .await
            .1
            .contains("query is too old")
    );
    let chat = desk.get(&format!("/chats/{user}?token={TOKEN}")).await;
    assert_eq!(chat["messages"][1]["text"], "Look");
    assert_eq!(chat["messages"][1]["via_bot"]["id"], 7001);
    let prepared = desk
        .call(
            "savePreparedInlineMessage",
            json!({ "user_id": user, "result": result, "allow_user_chats": true }),
        )
        .await;
    let id = prepared["id"].as_str().unwrap();
    let shown = desk.get(&format!("/prepared-messages/{id}")).await;
    assert_eq!(
        (&shown["is_valid"], &shown["result"]["title"]),
        (&json!(true), &json!("Stickers"))
    );
}

#[tokio::test]
async fn the_window_is_told_what_happens_and_the_stream_ends_with_the_sandbox() {
    let desk = Desk::start().await;
    let (ada, bob) = (desk.user(0).await, desk.user(0).await);
    let address = desk.url(&format!("/api/events?user_id={ada}&token={TOKEN}"));
    let response = desk.http().get(address).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.bytes_stream();
    desk.say(bob, "not for us").await;
    desk.say(ada, "for us").await;
    desk.post("/stars", json!({ "user_id": ada, "amount": 5 }))
        .await;
    let mut text = String::new();
    while !text.contains(r#""type":"balance""#) {
        let chunk = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
        text.push_str(&String::from_utf8_lossy(&chunk.unwrap().unwrap().unwrap()));
    }
    assert!(
        text.contains("for us") && !text.contains("not for us"),
        "{text}"
    );
    let stopped = tokio::time::timeout(Duration::from_secs(5), desk.running.stop());
    stopped
        .await
        .expect("an open stream does not hold up the end")
        .unwrap();
}

#[tokio::test]
async fn the_journal_knows_calls_and_no_tokens() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let text = format!("my token is {TOKEN}");
    desk.call("sendMessage", json!({ "chat_id": user, "text": text }))
        .await;
    desk.call("getUpdates", json!({})).await;
    let calls = desk.get("/calls").await;
    let methods: Vec<_> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|call| call["method"].clone())
        .collect();
    assert_eq!(methods, ["sendMessage", "getUpdates"]);
    assert!(!calls.to_string().contains(TOKEN));
    let last = calls[1]["id"].as_u64().unwrap();
    assert_eq!(desk.get(&format!("/calls?after={last}")).await, json!([]));
}

#[tokio::test]
async fn the_clock_moves_dates() {
    let desk = Desk::start().await;
    let before = desk.get("/time").await["now"].as_i64().unwrap();
    desk.advance(86_400).await;
    let after = desk.get("/time").await;
    assert!(after["now"].as_i64().unwrap() >= before + 86_400);
    assert_eq!(after["offset_seconds"], 86_400);
    let user = desk.started_user(0).await;
    let sent = desk
        .call("sendMessage", json!({ "chat_id": user, "text": "later" }))
        .await;
    assert!(sent["date"].as_i64().unwrap() >= before + 86_400);
    let (status, _) = desk
        .post("/clock", json!({ "advance_seconds": u64::MAX }))
        .await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn missing_files_are_said_to_be_missing() {
    let desk = Desk::start().await;
    let nothing = desk
        .http()
        .get(desk.url("/window/nothing.js"))
        .send()
        .await
        .unwrap();
    assert_eq!(nothing.status(), 404);
    let page = desk.http().get(desk.url("/")).send().await.unwrap();
    assert!(
        page.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("script-src 'self'")
    );
    let nowhere = desk.http().get(desk.url("/nowhere")).send().await.unwrap();
    assert_eq!(nowhere.status(), 404);
}

#[tokio::test]
async fn a_shared_contact_reaches_the_bot_and_its_app() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    let asked = json!({ "token": TOKEN, "user_id": user, "method": "getRequestedContact" });
    let (_, before) = desk.post("/custom-methods", asked.clone()).await;
    assert_eq!(before["result"], "");

    let sharing = json!({ "token": TOKEN, "user_id": user });
    let (_, shared) = desk.post("/contacts", sharing).await;
    let contact = &shared["message"]["contact"];
    assert_eq!(contact["user_id"], user);
    let updates = desk.call("getUpdates", json!({})).await;
    assert_eq!(&updates[0]["message"]["contact"], contact);

    let (_, after) = desk.post("/custom-methods", asked).await;
    let signed = after["result"].as_str().unwrap();
    let fields: std::collections::HashMap<String, String> =
        url::form_urlencoded::parse(signed.as_bytes())
            .into_owned()
            .collect();
    let told: Value = serde_json::from_str(&fields["contact"]).unwrap();
    assert_eq!(&told, contact);
    assert_eq!(fields["hash"].len(), 64);
    let (status, _) = desk
        .post("/contacts", json!({ "token": TOKEN, "user_id": 1 }))
        .await;
    assert_eq!(status, 404);
}
