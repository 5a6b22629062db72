//! Bot API calls a second.

use serde_json::json;

use crate::desk::Desk;
use crate::wire::{Connection, post, rate};
use crate::{TOKEN, bare, compare};

/// Calls a second of a method that only looks and of one that writes.
pub(crate) async fn measure() {
    let sandbox = Desk::sandbox(&[]).await;
    let bare = Desk::start(bare::program(bare::ANSWER)).await;
    let user = sandbox
        .post("/api/users", &json!({ "first_name": "Ada" }))
        .await["id"]
        .clone();
    let start = json!({ "token": TOKEN, "user_id": user, "text": "/start" });
    sandbox.post("/api/messages", &start).await;
    let text = json!({ "chat_id": user, "text": "Your <b>order</b> is on its way.", "parse_mode": "HTML" });
    for (method, params) in [("getMe", json!({})), ("sendMessage", text)] {
        let params = params.to_string();
        let request = post(&format!("/bot{TOKEN}/{method}"), &params);
        let size = Connection::open(sandbox.address).await.ask(&request).await;
        let same = post(&bare::path(size), &params);
        let floor = rate(bare.address, same).await;
        compare(method, rate(sandbox.address, request).await, floor);
    }
    sandbox.stop().await;
    bare.stop().await;
}
