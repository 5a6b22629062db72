//! Prepared messages, shared from a Mini App.

use crate::support::{Desk, TOKEN};
use serde_json::{Value, json};

pub(crate) async fn prepare(desk: &Desk, user: i64, allowed: &[&str]) -> String {
    let content = json!({ "message_text": "The sea" });
    let buttons = json!([[{ "text": "Look", "url": "https://example.org/" }]]);
    let result = json!({ "type": "article", "id": "1", "title": "Sea",
        "input_message_content": content, "reply_markup": { "inline_keyboard": buttons } });
    let mut wanted = json!({ "user_id": user, "result": result });
    for kind in allowed {
        wanted[format!("allow_{kind}_chats")] = json!(true);
    }
    let saved = desk.call("savePreparedInlineMessage", wanted).await;
    saved["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn share(desk: &Desk, id: &str, user: i64, chat: Option<i64>) -> (u16, Value) {
    let sharing = json!({ "user_id": user, "chat_id": chat });
    desk.post(&format!("/prepared-messages/{id}"), sharing)
        .await
}

async fn club(desk: &Desk, kind: &str, owner: i64) -> i64 {
    let new = json!({ "token": TOKEN, "kind": kind, "title": kind, "owner_id": owner });
    let (_, made) = desk.post("/communities", new).await;
    made["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_prepared_message_arrives_in_the_chosen_chat() {
    let desk = Desk::start().await;
    let (user, other) = (desk.started_user(0).await, desk.user(0).await);
    let group = club(&desk, "supergroup", user).await;
    let channel = club(&desk, "channel", user).await;
    club(&desk, "channel", other).await;
    let id = prepare(&desk, user, &["user", "bot", "group", "channel"]).await;
    let shown = desk.get(&format!("/prepared-messages/{id}")).await;
    let chats = shown["chats"].as_array().unwrap();
    let mut offered: Vec<_> = chats.iter().map(|chat| chat["id"].clone()).collect();
    offered.sort_by_key(Value::as_i64);
    let mut expected = [user, group, channel];
    expected.sort_unstable();
    assert_eq!(json!(offered), json!(expected));
    for chat in [user, group, channel] {
        let (status, sent) = share(&desk, &id, user, Some(chat)).await;
        assert_eq!(status, 200, "{sent}");
        let path = format!("/chats/{chat}?token={TOKEN}");
        let messages = desk.get(&path).await["messages"].clone();
        let last = messages.as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&last["text"], &last["via_bot"]["id"]),
            (&json!("The sea"), &json!(7001))
        );
        assert_eq!(
            last["reply_markup"]["inline_keyboard"][0][0]["text"],
            "Look"
        );
        assert_eq!(last["message_id"], sent["message"]["message_id"]);
    }
    assert_eq!(share(&desk, &id, user, None).await.0, 200);
}

#[tokio::test]
async fn only_its_user_shares_it_in_time_where_it_may_go() {
    let desk = Desk::start().await;
    let (user, other) = (desk.started_user(0).await, desk.started_user(0).await);
    let group = club(&desk, "supergroup", user).await;
    let result = json!({ "type": "article", "id": "1", "title": "Sea",
        "input_message_content": { "message_text": "The sea" } });
    let nowhere = json!({ "user_id": user, "result": result, "allow_user_chats": false });
    assert_eq!(
        desk.refusal("savePreparedInlineMessage", nowhere).await.1,
        "Bad Request: at least one chat type must be allowed"
    );
    let id = prepare(&desk, user, &["group"]).await;
    let shown = desk.get(&format!("/prepared-messages/{id}")).await;
    assert_eq!(
        shown["chats"],
        json!([{ "id": group, "title": "supergroup" }])
    );
    let code = async |id: &str, user: i64, chat: Option<i64>| {
        share(&desk, id, user, chat).await.1["error"]["code"].clone()
    };
    assert_eq!(code("none", user, None).await, "prepared_message_not_found");
    assert_eq!(code(&id, other, None).await, "prepared_message_not_found");
    assert_eq!(code(&id, user, Some(user)).await, "chat_not_allowed");
    assert_eq!(code(&id, user, None).await, "chat_not_allowed");
    desk.advance(3_601).await;
    assert_eq!(
        code(&id, user, Some(group)).await,
        "prepared_message_expired"
    );
    let shown = desk.get(&format!("/prepared-messages/{id}")).await;
    assert_eq!(shown["is_valid"], false);
}
