//! What is not known of Telegram, both ways. Renewals that ask and refunds that cancel are with
//! the subscriptions, refunds of paid media by the bot with the paid media.

mod apps;
mod chats;
mod payments;
mod refunds;
mod renewals;
mod withdrawals;

use crate::support::{Desk, TOKEN};
use serde_json::{Value, json};

/// Chooses one of the two ways; all else is as it is at first.
async fn choose(desk: &Desk, name: &str, is_chosen: bool) {
    let (status, answer) = desk.put("/choices", json!({ name: is_chosen })).await;
    assert_eq!(status, 200, "{answer}");
}

/// A group or channel with the bot in it.
async fn found(desk: &Desk, kind: &str, owner: i64) -> i64 {
    let new = json!({ "token": TOKEN, "kind": kind, "title": "Club", "owner_id": owner,
        "bot_place": if kind == "channel" { "administrator" } else { "member" } });
    let (status, made) = desk.post("/communities", new).await;
    assert_eq!(status, 200, "{made}");
    made["id"].as_i64().unwrap()
}

/// The messages of a chat, as the window shows them.
async fn messages(desk: &Desk, chat: i64) -> Vec<Value> {
    let shown = desk.get(&format!("/chats/{chat}?token={TOKEN}")).await;
    shown["messages"].as_array().unwrap().clone()
}

/// Names between two marks, in the order of a text.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let mut names: Vec<_> = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(before)?.split_once(after))
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn each_choice_is_off_at_first_and_stands_in_the_docs_and_on_the_desk() {
    let desk = Desk::start().await;
    let choices = desk.get("/choices").await;
    let choices = choices.as_object().unwrap();
    assert!(choices.values().all(|is_chosen| is_chosen == false));
    let mut names: Vec<_> = choices.keys().map(String::as_str).collect();
    names.sort_unstable();
    let docs = include_str!("../../../../docs/sandbox.md");
    let (_, table) = docs.split_once("| choice | off | on |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    assert_eq!(between(table, "| `", "` | "), names);
    let window = include_str!("../../../window/js/desk/choices.js");
    assert_eq!(between(window, "['", "', '"), names);
    let unknown = json!({ "renewals_sing": true });
    assert_eq!(desk.put("/choices", unknown).await.0, 422);
}
