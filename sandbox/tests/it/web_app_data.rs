//! Mini Apps of the reply keyboard, which send data instead of being signed.

use crate::support::{Desk, TOKEN};
use serde_json::{Value, json};

const APP: &str = "https://shop.example/pick";

async fn with_keyboard(desk: &Desk) -> i64 {
    let user = desk.started_user(0).await;
    let button = json!({ "text": "Pick a size", "web_app": { "url": APP } });
    let keyboard = json!({ "keyboard": [["Help"], [button]], "resize_keyboard": true });
    let message = json!({ "chat_id": user, "text": "Which size?", "reply_markup": keyboard });
    desk.call("sendMessage", message).await;
    user
}

async fn send(desk: &Desk, user: i64, button: Value, data: &str) -> (u16, Value) {
    let mut sent = json!({ "token": TOKEN, "user_id": user, "data": data });
    for (name, value) in button.as_object().unwrap() {
        sent[name] = value.clone();
    }
    desk.post("/web-app-data", sent).await
}

#[tokio::test]
async fn a_keyboards_app_has_no_launch_data_and_sends_some() {
    let desk = Desk::start().await;
    let user = with_keyboard(&desk).await;
    let launch = json!({ "token": TOKEN, "user_id": user, "url": APP, "from": "keyboard" });
    let (_, opened) = desk.post("/launch", launch).await;
    assert_eq!(opened["init_data"], "");
    let url = opened["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://shop.example/pick#tgWebAppVersion="),
        "{url}"
    );
    assert!(!url.contains("tgWebAppData"));
    let text = json!({ "button_text": "Pick a size" });
    let (status, sent) = send(&desk, user, text, "{\"size\":\"L\"}").await;
    assert_eq!(status, 200, "{sent}");
    let updates = desk.call("getUpdates", json!({ "offset": -1 })).await;
    let message = &updates[0]["message"];
    let expected = json!({ "button_text": "Pick a size", "data": "{\"size\":\"L\"}" });
    assert_eq!(message["web_app_data"], expected);
    assert_eq!(
        (&message["from"]["id"], &message["chat"]["id"]),
        (&json!(user), &json!(user))
    );
    let (status, _) = send(&desk, user, json!({ "url": APP }), "by its address").await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn data_needs_its_button_and_its_size() {
    let desk = Desk::start().await;
    let user = with_keyboard(&desk).await;
    let button = || json!({ "button_text": "Pick a size" });
    for data in ["", &"x".repeat(4097), &"ü".repeat(2049)] {
        let (status, problem) = send(&desk, user, button(), data).await;
        assert_eq!(
            (status, &problem["error"]["code"]),
            (400, &json!("data_invalid"))
        );
    }
    assert_eq!(send(&desk, user, button(), &"x".repeat(4096)).await.0, 200);
    for wrong in [
        json!({ "button_text": "Help" }),
        json!({ "url": "https://a.b" }),
        json!({}),
    ] {
        let (status, problem) = send(&desk, user, wrong, "x").await;
        assert_eq!(
            (status, &problem["error"]["code"]),
            (404, &json!("button_not_found"))
        );
    }
    let gone =
        json!({ "chat_id": user, "text": "Done", "reply_markup": { "remove_keyboard": true } });
    desk.call("sendMessage", gone).await;
    assert_eq!(
        send(&desk, user, button(), "x").await.0,
        404,
        "the keyboard is gone"
    );
}
