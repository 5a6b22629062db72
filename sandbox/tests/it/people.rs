//! What people do with a bot of their own choice: answer it, and find it by its name.

use crate::support::{Desk, TOKEN};
use serde_json::{Value, json};

#[tokio::test]
async fn an_answer_names_what_it_answers() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let question =
        json!({ "chat_id": user, "text": "Which?", "reply_markup": { "force_reply": true } });
    let asked = desk.call("sendMessage", question).await["message_id"].clone();
    let answer = |to: &Value| json!({ "token": TOKEN, "user_id": user, "text": "This", "reply_to_message_id": to });
    assert_eq!(desk.post("/messages", answer(&asked)).await.0, 200);
    let updates = desk.call("getUpdates", json!({})).await;
    let heard = &updates.as_array().unwrap().last().unwrap()["message"];
    assert_eq!(heard["reply_to_message"]["message_id"], asked);
    let (status, problem) = desk.post("/messages", answer(&json!(999))).await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (404, &json!("message_not_found"))
    );
}

#[tokio::test]
async fn a_bot_gets_its_real_name() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let name = |token: &str, name: &str| json!({ "token": token, "username": name });
    let (status, _) = desk.put("/username", name(TOKEN, "MothShopBot")).await;
    assert_eq!(status, 200);
    assert_eq!(
        desk.call("getMe", json!({})).await["username"],
        "MothShopBot"
    );
    for (token, wanted, code) in [
        (TOKEN, "moth shop bot", "username_invalid"),
        (TOKEN, "moth", "username_invalid"),
        ("77:OTHER", "mothshopbot", "username_occupied"),
    ] {
        let (status, problem) = desk.put("/username", name(token, wanted)).await;
        assert_eq!((status, &problem["error"]["code"]), (400, &json!(code)));
    }
}
