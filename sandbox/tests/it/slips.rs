//! Slips that are easily made, which Telegram refuses.

use sandbox::sandbox::Config;
use serde_json::json;

use crate::support::club::Club;
use crate::support::{Desk, TOKEN};

const NOT_EDITED: &str = "Bad Request: message can't be edited";

#[tokio::test]
async fn menus_and_forwarded_messages_stay_as_they_are() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let menu = json!({ "chat_id": user, "text": "Menu",
        "reply_markup": { "keyboard": [["Buy"]] } });
    let menu = desk.call("sendMessage", menu).await["message_id"].clone();
    let plain = json!({ "chat_id": user, "text": "Plain" });
    let plain = desk.call("sendMessage", plain).await["message_id"].clone();
    let forward = json!({ "chat_id": user, "from_chat_id": user, "message_id": plain });
    let forward = desk.call("forwardMessage", forward).await["message_id"].clone();
    let edit = |id| json!({ "chat_id": user, "message_id": id, "text": "New" });
    for id in [menu, forward] {
        let refused = desk.refusal("editMessageText", edit(id)).await;
        assert_eq!(refused, (400, NOT_EDITED.to_owned()));
    }
    let edited = desk.call("editMessageText", edit(plain)).await;
    assert_eq!(edited["text"], "New");
}

#[tokio::test]
async fn mini_app_buttons_are_for_private_chats() {
    let club = Club::found("supergroup").await;
    let app = json!({ "text": "Shop", "web_app": { "url": "https://shop.example/" } });
    let send = |markup| json!({ "chat_id": club.id, "text": "Buy", "reply_markup": markup });
    let inline = send(json!({ "inline_keyboard": [[app]] }));
    let refused = club.desk.refusal("sendMessage", inline).await;
    assert_eq!(
        refused,
        (400, "Bad Request: BUTTON_TYPE_INVALID".to_owned())
    );
    let phone = json!({ "text": "Call me", "request_contact": true });
    let reply = send(json!({ "keyboard": [[phone]] }));
    let refused = club.desk.refusal("sendMessage", reply).await;
    let why = "Bad Request: phone number can be requested in private chats only";
    assert_eq!(refused, (400, why.to_owned()));
    // An edit brings none in either.
    let sent = json!({ "chat_id": club.id, "text": "Buy" });
    let id = club.desk.call("sendMessage", sent).await["message_id"].clone();
    let edit = json!({ "chat_id": club.id, "message_id": id,
        "reply_markup": { "inline_keyboard": [[app]] } });
    let refused = club.desk.refusal("editMessageReplyMarkup", edit).await;
    assert_eq!(
        refused,
        (400, "Bad Request: BUTTON_TYPE_INVALID".to_owned())
    );
}

#[tokio::test]
async fn half_an_album_is_none() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let file = json!({ "chat_id": user, "text": "x" });
    let before = desk.call("sendMessage", file).await["message_id"].as_i64();
    let long = "x".repeat(1025);
    let form = reqwest::multipart::Form::new()
        .text("chat_id", user.to_string())
        .text(
            "media",
            json!([
                { "type": "document", "media": "attach://a" },
                { "type": "document", "media": "attach://a", "caption": long },
            ])
            .to_string(),
        )
        .part(
            "a",
            reqwest::multipart::Part::bytes(b"bytes".to_vec()).file_name("a.txt"),
        );
    let url = desk.url(&format!("/bot{TOKEN}/sendMediaGroup"));
    let answer = desk.http().post(url).multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    let after = json!({ "chat_id": user, "text": "y" });
    let after = desk.call("sendMessage", after).await["message_id"].as_i64();
    assert_eq!(
        after,
        before.map(|id| id + 1),
        "nothing was sent in between"
    );
}

#[tokio::test]
async fn a_webhook_is_set_again_by_a_clock_that_stands_still() {
    let config = Config {
        start_time: Some(1_800_000_000),
        ..Config::default()
    };
    let desk = Desk::with(config).await;
    let hook = json!({ "url": "http://127.0.0.1:9/hook" });
    for _ in 0..3 {
        desk.call("setWebhook", hook.clone()).await;
    }
    assert_eq!(desk.get("/time").await["is_still"], true);
}

#[tokio::test]
async fn a_link_to_a_user_mentions_them() {
    let desk = Desk::start().await;
    let user = desk.started_user(0).await;
    let text =
        format!(r#"<a href="tg://user?id={user}">You</a> and <a href="tg://user?id=5">who</a>"#);
    let sent = json!({ "chat_id": user, "text": text, "parse_mode": "HTML" });
    let sent = desk.call("sendMessage", sent).await;
    let entities = sent["entities"].as_array().unwrap();
    assert_eq!(
        entities.len(),
        1,
        "nobody is mentioned whom Telegram does not know: {entities:?}"
    );
    assert_eq!(entities[0]["type"], "text_mention");
    assert_eq!(entities[0]["user"]["id"], user);
    assert_eq!(entities[0]["user"]["is_bot"], false);
}
