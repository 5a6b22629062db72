//! Mini Apps: how long a launch can be answered, how often a prepared message goes out.

use super::choose;
use crate::sharing::{prepare, share};
use crate::support::{Desk, TOKEN};
use serde_json::json;

#[tokio::test]
async fn a_launch_may_be_answered_for_a_day() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        choose(&desk, "query_ids_last_a_day", is_chosen).await;
        let user = desk.started_user(0).await;
        for (seconds, is_open) in [(100, true), (80_000, is_chosen), (90_000, false)] {
            let url = "https://shop.example/";
            let launch = json!({ "token": TOKEN, "user_id": user, "url": url });
            let (_, opened) = desk.post("/launch", launch).await;
            let data = opened["init_data"].as_str().unwrap().as_bytes();
            let mut pairs = url::form_urlencoded::parse(data);
            let (_, id) = pairs.find(|(name, _)| name == "query_id").unwrap();
            desk.advance(seconds).await;
            let content = json!({ "message_text": "Look" });
            let result = json!({ "type": "article", "id": "1", "title": "Look",
                "input_message_content": content });
            let answer = json!({ "web_app_query_id": id, "result": result });
            let (status, _) = desk.raw("answerWebAppQuery", answer).await;
            assert_eq!(status == 200, is_open, "after {seconds} s");
        }
    }
}

#[tokio::test]
async fn a_prepared_message_may_go_once() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        choose(&desk, "prepared_messages_go_once", is_chosen).await;
        let user = desk.started_user(0).await;
        let id = prepare(&desk, user, &["bot"]).await;
        let nowhere = share(&desk, &id, user, None).await.0;
        assert_ne!(nowhere, 200, "what was not sent stays");
        assert_eq!(share(&desk, &id, user, Some(user)).await.0, 200);
        let (status, again) = share(&desk, &id, user, Some(user)).await;
        assert_eq!(status == 200, !is_chosen, "{again}");
    }
}
