//! What the sandbox is held against: the same bytes, and nothing done for them.

use std::net::Ipv4Addr;

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::task::JoinSet;

/// Argument that makes this program a server of JSON.
pub(crate) const ANSWER: &str = "bare-answer";
/// Argument that makes this program a sender of webhooks.
pub(crate) const DELIVER: &str = "bare-deliver";

/// This program in another role.
pub(crate) fn program(role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(role);
    command
}

/// Address of an answer with so many bytes.
pub(crate) fn path(bytes: usize) -> String {
    format!("/bare/{bytes}")
}

/// One axum route: reads JSON, answers JSON of the wanted size.
pub(crate) async fn answer() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    println!("Bare: http://{}/", listener.local_addr().unwrap());
    let app = Router::new().route("/bare/{bytes}", post(reply));
    axum::serve(listener, app).await.unwrap();
}

async fn reply(Path(bytes): Path<usize>, _request: Json<Value>) -> Json<Value> {
    let frame = json!({ "ok": true, "result": "" }).to_string().len();
    let filling = "x".repeat(bytes.saturating_sub(frame));
    Json(json!({ "ok": true, "result": filling }))
}

/// Posts the same update to an address, so many times, with as many connections as Telegram.
pub(crate) async fn deliver(url: Option<String>, count: Option<String>) {
    let url = url.expect("an address");
    let count: usize = count.expect("a count").parse().unwrap();
    let update: Value = serde_json::from_reader(std::io::stdin()).unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut senders = JoinSet::new();
    for _ in 0..crate::deliveries::CONNECTIONS {
        let (http, url, update) = (http.clone(), url.clone(), update.clone());
        senders.spawn(async move {
            for _ in 0..count / crate::deliveries::CONNECTIONS {
                let response = http.post(&url).json(&update).send().await.unwrap();
                response.bytes().await.unwrap();
            }
        });
    }
    senders.join_all().await;
}
