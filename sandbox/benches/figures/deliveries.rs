//! Webhook deliveries a second.

use std::net::Ipv4Addr;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::process::Command;

use crate::desk::Desk;
use crate::wire::{self, Connection};
use crate::{TOKEN, bare, compare};

/// Connections that Telegram opens to a webhook unless told otherwise (`max_connections`).
pub(crate) const CONNECTIONS: usize = 40;
/// Users who write; their messages do not wait for each other.
const USERS: usize = 200;
/// Messages of each user.
const EACH: usize = 100;
/// Longest wait for all deliveries.
const PATIENCE: Duration = Duration::from_secs(120);

/// What arrived, and when.
#[derive(Default)]
struct Arrived {
    count: usize,
    first: Option<Instant>,
    last: Option<Instant>,
    update: Value,
}

type Inbox = Arc<Mutex<Arrived>>;

/// Messages that waited for a webhook, and the same number of bare requests.
pub(crate) async fn measure() {
    let inbox = Inbox::default();
    let url = receiver(inbox.clone()).await;
    let sandbox = Desk::sandbox(&[]).await;
    write_much(&sandbox).await;
    sandbox.call("setWebhook", &json!({ "url": url })).await;
    let ours = rate(&inbox).await;
    let update = std::mem::take(&mut *inbox.lock().unwrap()).update;
    let bare = spawn_bare(&url, &update).await;
    let floor = rate(&inbox).await;
    drop(bare);
    sandbox.stop().await;
    compare("webhook deliveries", ours, floor);
}

/// A bot that takes everything and does nothing.
async fn receiver(inbox: Inbox) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let app = Router::new().route("/hook", post(take)).with_state(inbox);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

async fn take(State(inbox): State<Inbox>, Json(update): Json<Value>) {
    let now = Instant::now();
    let mut arrived = inbox.lock().unwrap();
    arrived.count += 1;
    arrived.first.get_or_insert(now);
    arrived.last = Some(now);
    arrived.update = update;
}

async fn write_much(sandbox: &Desk) {
    let mut connection = Connection::open(sandbox.address).await;
    let mut users = Vec::new();
    for _ in 0..USERS {
        let user = sandbox
            .post("/api/users", &json!({ "first_name": "Ada" }))
            .await;
        users.push(user["id"].clone());
    }
    for number in 0..EACH {
        for user in &users {
            let text = format!("Message number {number}, is my order on its way?");
            let message = json!({ "token": TOKEN, "user_id": user, "text": text }).to_string();
            connection.ask(&wire::post("/api/messages", &message)).await;
        }
    }
}

async fn spawn_bare(url: &str, update: &Value) -> tokio::process::Child {
    let mut command: Command = bare::program(bare::DELIVER);
    command.args([url, &(USERS * EACH).to_string()]);
    let mut child = command
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all(update.to_string().as_bytes())
        .await
        .unwrap();
    child
}

/// Deliveries a second, from the first to the last.
async fn rate(inbox: &Inbox) -> f64 {
    let begun = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let arrived = inbox.lock().unwrap();
        if arrived.count >= USERS * EACH {
            let (first, last) = (arrived.first.unwrap(), arrived.last.unwrap());
            let count = u32::try_from(arrived.count - 1).unwrap();
            return f64::from(count) / (last - first).as_secs_f64();
        }
        assert!(begun.elapsed() < PATIENCE, "{} arrived", arrived.count);
    }
}
