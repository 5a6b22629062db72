//! Chats: buttons, mentions, gifts.

use super::{choose, found, messages};
use crate::support::{Desk, TOKEN};
use serde_json::json;

#[tokio::test]
async fn a_pressed_button_may_be_too_old_soon() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        choose(&desk, "presses_expire_soon", is_chosen).await;
        let user = desk.started_user(0).await;
        let buttons = json!([[{ "text": "Buy", "callback_data": "buy" }]]);
        let offer = json!({ "chat_id": user, "text": "Sea",
            "reply_markup": { "inline_keyboard": buttons } });
        let sent = desk.call("sendMessage", offer).await["message_id"].clone();
        for (seconds, is_open) in [(10, true), (30, !is_chosen), (70, false)] {
            let press = json!({ "token": TOKEN, "user_id": user, "message_id": sent,
                "data": "buy" });
            let (_, pressed) = desk.post("/callbacks", press).await;
            desk.advance(seconds).await;
            let answer = json!({ "callback_query_id": pressed["callback_query_id"] });
            let (status, _) = desk.raw("answerCallbackQuery", answer).await;
            assert_eq!(status == 200, is_open, "after {seconds} s");
        }
    }
}

#[tokio::test]
async fn a_mention_may_pass_privacy_mode() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        choose(&desk, "mentions_pass_privacy", is_chosen).await;
        let owner = desk.user(0).await;
        let group = found(&desk, "supergroup", owner).await;
        for text in [
            "Морж 🦭 asks (@Sandbox_7001_bot)!",
            "Ask @sandbox_7001_bot_2",
            "sandbox_7001_bot",
            "/end",
        ] {
            let message = json!({ "token": TOKEN, "user_id": owner, "chat_id": group,
                "text": text });
            assert_eq!(desk.post("/messages", message).await.0, 200);
        }
        let told = desk.call("getUpdates", json!({})).await;
        let told = told.as_array().unwrap().iter();
        let texts: Vec<_> = told
            .filter_map(|update| update["message"]["text"].as_str())
            .collect();
        let mention = "Морж 🦭 asks (@Sandbox_7001_bot)!";
        let expected: &[&str] = if is_chosen {
            &[mention, "/end"]
        } else {
            &["/end"]
        };
        assert_eq!(texts, expected);
    }
}

#[tokio::test]
async fn a_gift_to_a_channel_may_be_posted_there() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        choose(&desk, "channel_gifts_are_posted", is_chosen).await;
        let channel = found(&desk, "channel", desk.user(0).await).await;
        let stars = json!({ "token": TOKEN, "flow": "in", "amount": 100,
            "partner": { "type": "fragment" } });
        assert_eq!(desk.post("/ledger", stars).await.0, 200);
        let gifts = desk.call("getAvailableGifts", json!({})).await["gifts"].clone();
        let gift = json!({ "chat_id": channel, "gift_id": gifts[0]["id"], "text": "Thanks" });
        assert_eq!(desk.call("sendGift", gift).await, true);
        let shown = messages(&desk, channel).await;
        let shown: Vec<_> = shown.iter().map(|message| &message["gift"]).collect();
        if is_chosen {
            assert_eq!(shown.len(), 1);
            assert_eq!(shown[0]["gift"]["id"], gifts[0]["id"]);
            assert_eq!(shown[0]["text"], "Thanks");
        } else {
            assert!(shown.is_empty(), "{shown:?}");
        }
        assert_eq!(desk.ledger().await["balance"], 85);
    }
}
