//! getUpdates.

use std::time::{Duration, Instant};

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, until};
use serde_json::{Value, json};

#[tokio::test]
async fn offsets_acknowledge() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    for text in ["one", "two", "three"] {
        desk.say(user, text).await;
    }
    let first = desk.call("getUpdates", json!({ "limit": 2 })).await;
    let texts = |updates: &Value| {
        let list = updates.as_array().unwrap().iter();
        list.map(|update| update["message"]["text"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&first), ["one", "two"]);
    let next = first[1]["update_id"].as_i64().unwrap() + 1;
    assert_eq!(
        texts(&desk.call("getUpdates", json!({ "offset": next })).await),
        ["three"]
    );
    assert_eq!(texts(&desk.call("getUpdates", json!({})).await), ["three"]);
    assert_eq!(
        desk.call("getUpdates", json!({ "offset": next + 1 })).await,
        json!([])
    );
}

#[tokio::test]
async fn a_long_poll_wakes_with_the_first_update() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    let begun = Instant::now();
    let (updates, ()) = tokio::join!(desk.call("getUpdates", json!({ "timeout": 30 })), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        desk.say(user, "wake up").await;
    });
    assert_eq!(updates[0]["message"]["text"], "wake up");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn only_one_poll_and_no_poll_beside_a_webhook() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    let (older, newer) = tokio::join!(
        desk.refusal("getUpdates", json!({ "timeout": 30 })),
        async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let (newer, ()) =
                tokio::join!(desk.call("getUpdates", json!({ "timeout": 30 })), async {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    desk.say(user, "for the newer").await;
                });
            newer
        }
    );
    assert_eq!(
        older,
        (
            409,
            "Conflict: terminated by other getUpdates request; \
         make sure that only one bot instance is running"
                .into()
        )
    );
    assert_eq!(newer[0]["message"]["text"], "for the newer");
    let last = newer[0]["update_id"].as_i64().unwrap();
    let waiting = json!({ "timeout": 30, "offset": last + 1 });
    let (cut, _bot) = tokio::join!(desk.refusal("getUpdates", waiting), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        TestBot::start(&desk, Manner::Approve).await
    });
    assert_eq!(
        cut,
        (409, "Conflict: terminated by setWebhook request".into())
    );
    assert_eq!(
        desk.refusal("getUpdates", json!({})).await,
        (
            409,
            "Conflict: can't use getUpdates method while webhook is active; \
         use deleteWebhook to delete the webhook first"
                .into()
        )
    );
}

#[tokio::test]
async fn updates_wait_for_whichever_way_comes() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    desk.say(user, "before").await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    until("the delivery", async || bot.texts() == ["before"]).await;
    desk.advance(1).await;
    let url = json!({ "url": bot.url, "drop_pending_updates": true });
    desk.faults(json!({ "webhook": { "outage": true } })).await;
    desk.say(user, "dropped").await;
    desk.call("setWebhook", url).await;
    desk.call("deleteWebhook", json!({})).await;
    assert_eq!(desk.call("getUpdates", json!({})).await, json!([]));
}

#[tokio::test]
async fn old_updates_are_gone() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    desk.say(user, "old").await;
    desk.advance(86_399).await;
    desk.say(user, "new").await;
    desk.advance(2).await;
    let updates = desk.call("getUpdates", json!({})).await;
    assert_eq!(updates.as_array().unwrap().len(), 1);
    assert_eq!(updates[0]["message"]["text"], "new");
}

#[tokio::test]
async fn numbers_begin_anew_after_a_quiet_week() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let user = desk.user(0).await;
    let mut last = None;
    for (rest, follows) in [(0, true), (6 * 86_400, true), (7 * 86_400, false)] {
        desk.advance(rest).await;
        desk.say(user, "Hello").await;
        let updates = desk.call("getUpdates", json!({ "offset": last })).await;
        let id = updates[0]["update_id"].as_i64().unwrap();
        let offset = last.replace(id + 1);
        assert_eq!(
            offset.is_none_or(|offset| offset == id),
            follows,
            "after {rest} s"
        );
        assert_eq!(updates.as_array().unwrap().len(), 1);
        let done = desk.call("getUpdates", json!({ "offset": id + 1 })).await;
        assert_eq!(done, json!([]), "the new number is acknowledged");
    }
}
