//! The state's file.

use std::path::{Path, PathBuf};

use crate::script::temporary;
use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN, invoice, until};
use sandbox::sandbox::{BeginError, Config, Sandbox};
use serde_json::{Value, json};

fn config(path: &Path) -> Config {
    Config {
        demo: true,
        state_path: Some(path.to_owned()),
        ..Config::default()
    }
}

#[tokio::test]
async fn a_sandbox_continues_where_it_stopped() {
    let path = temporary("kept.json");
    let desk = Desk::with(config(&path)).await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    desk.advance(86_400).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    let slug = desk.invoice(5, "order-1").await;
    let rich = json!({ "chat_id": user, "text": "<b>bold</b> <a href=\"https://a.b\">link</a>", "parse_mode": "HTML" });
    desk.say(user, "/start").await;
    desk.call("sendMessage", rich).await;
    until("the payment", async || bot.payments().len() == 1).await;
    desk.faults(json!({ "webhook": { "outage": true } })).await;
    desk.say(user, "while it was away").await;
    let views = [
        format!("/chats/{user}?token={TOKEN}"),
        format!("/ledger?token={TOKEN}"),
        format!("/subscriptions?token={TOKEN}"),
        "/users".into(),
        "/faults".into(),
    ];
    let mut before = Vec::new();
    for view in &views {
        before.push(desk.get(view).await);
    }
    desk.running.stop().await.unwrap();

    let desk = Desk::with(config(&path)).await;
    for (view, was) in views.iter().zip(before) {
        assert_eq!(desk.get(view).await, was, "{view}");
    }
    assert_eq!(
        desk.get("/users").await.as_array().unwrap().len(),
        2,
        "one Mila, not two"
    );
    assert_eq!(desk.get("/time").await["offset_seconds"], 86_400);
    desk.faults(json!({})).await;
    desk.advance(120).await;
    until("the update", async || {
        bot.texts().contains(&"while it was away".to_owned())
    })
    .await;
    // The bot still answers the old sandbox's address, so this payment is not approved.
    assert_eq!(
        desk.get(&format!("/invoices/{slug}?user_id={user}")).await["amount"],
        5
    );
    desk.advance(MONTH).await;
    until("the renewal", async || bot.payments().len() == 2).await;
    let list = desk.get(&format!("/subscriptions?token={TOKEN}")).await;
    assert_eq!(list[0]["charge_id"], charge.as_str());
    assert_eq!(list[0]["charges"].as_array().unwrap().len(), 2);
    desk.running.stop().await.unwrap();
    assert!(!beside(&path, ".new").exists());
    remove(&path);
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
    std::fs::remove_file(beside(path, ".lock")).unwrap();
}

#[tokio::test]
async fn two_sandboxes_do_not_share_a_file() {
    let path = temporary("shared.json");
    let first = Desk::with(config(&path)).await;
    let Err(BeginError::Kept(why)) = Sandbox::new(config(&path)) else {
        panic!("two sandboxes share a file");
    };
    assert_eq!(why.code(), "state_in_use");
    assert!(
        why.to_string()
            .starts_with("another sandbox is using the state file")
    );
    first.running.stop().await.unwrap();
    let second = Desk::with(config(&path)).await;
    second.running.stop().await.unwrap();
    remove(&path);
}

#[tokio::test]
async fn files_and_profiles_are_kept() {
    let path = temporary("files.json");
    let desk = Desk::with(config(&path)).await;
    let user = desk.started_user(0).await;
    let part = reqwest::multipart::Part::bytes(vec![0, 159, 146, 150]).file_name("a.bin");
    let form = reqwest::multipart::Form::new()
        .text("chat_id", user.to_string())
        .part("document", part);
    let url = desk.url(&format!("/bot{TOKEN}/sendDocument"));
    let sent: Value = desk
        .http()
        .post(url)
        .multipart(form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let id = sent["result"]["document"]["file_id"].clone();
    let commands = json!({ "commands": [{ "command": "help", "description": "Help" }], "language_code": "en" });
    desk.call("setMyCommands", commands).await;
    desk.running.stop().await.unwrap();
    let desk = Desk::with(config(&path)).await;
    let file = desk.call("getFile", json!({ "file_id": id })).await;
    let url = desk.url(&format!(
        "/file/bot{TOKEN}/{}",
        file["file_path"].as_str().unwrap()
    ));
    let bytes = desk
        .http()
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes.as_ref(), [0, 159, 146, 150]);
    let commands = desk
        .call("getMyCommands", json!({ "language_code": "en" }))
        .await;
    assert_eq!(commands[0]["command"], "help");
    desk.running.stop().await.unwrap();
    remove(&path);
}

fn refusal(text: &str, name: &str) -> (String, String) {
    let path = temporary(name);
    std::fs::write(&path, text).unwrap();
    let Err(BeginError::Kept(why)) = Sandbox::new(config(&path)) else {
        panic!("{text} was taken");
    };
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(kept, text, "the file is left alone");
    remove(&path);
    (why.code().to_owned(), why.to_string())
}

#[tokio::test]
async fn an_unusable_file_stops_the_start_with_a_sentence() {
    assert_eq!(refusal("[1, 2]", "foreign.json").0, "state_foreign");
    assert_eq!(refusal("", "empty.json").0, "state_foreign");
    let newer = r#"{"format":"starfront-sandbox-state","version":99,"clock":{}}"#;
    let (code, sentence) = refusal(newer, "newer.json");
    assert_eq!(code, "state_version_unknown");
    assert!(
        sentence.contains("has version 99, and this sandbox reads version 5. Use a newer sandbox")
    );
    let torn = r#"{"format":"starfront-sandbox-state","version":5,"clock":{"still_ms":nul"#;
    assert_eq!(refusal(torn, "torn.json").0, "state_damaged");
    let empty = r#"{"format":"starfront-sandbox-state","version":5,"clock":{"still_ms":null,"offset_ms":0},"world":{}}"#;
    let (code, sentence) = refusal(empty, "hollow.json");
    assert_eq!(code, "state_damaged");
    assert!(sentence.contains("missing field"), "{sentence}");
    let folder = Sandbox::new(config(&std::env::temp_dir())).err().unwrap();
    assert!(folder.to_string().starts_with("cannot use the state file"));
}

#[tokio::test]
async fn a_still_clock_gives_the_same_dates() {
    let desk = Desk::with(Config {
        start_time: Some(1_800_000_000),
        ..Config::default()
    })
    .await;
    assert_eq!(desk.get("/time").await["now"], 1_800_000_000);
    let user = desk.started_user(0).await;
    desk.advance(10).await;
    let mut wanted = invoice(3, "order-1");
    wanted["chat_id"] = json!(user);
    assert_eq!(
        desk.call("sendInvoice", wanted).await["date"],
        1_800_000_010
    );
}
