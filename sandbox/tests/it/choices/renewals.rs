//! Renewals: paid late, tried again, told of.

use super::choose;
use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN, until};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue};
use sandbox::sandbox::Config;
use serde_json::{Value, json};

/// A subscription whose renewal failed for want of Stars: the desk, the bot, the buyer, the charge.
async fn failed(choices: &[&str]) -> (Desk, TestBot, i64, String) {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let chosen: serde_json::Map<_, _> = choices
        .iter()
        .map(|name| ((*name).to_owned(), json!(true)))
        .collect();
    assert_eq!(desk.put("/choices", Value::Object(chosen)).await.0, 200);
    let user = desk.user(10).await;
    let charge = desk.subscribe(user, 10, "sub-1").await;
    desk.advance(MONTH + 1).await;
    until("the failure", async || states(&bot) == ["failed"]).await;
    (desk, bot, user, charge)
}

fn states(bot: &TestBot) -> Vec<Value> {
    let told = bot.of_kind("subscription").into_iter();
    told.map(|update| update["state"].clone()).collect()
}

async fn top_up(desk: &Desk, user: i64) {
    let stars = json!({ "user_id": user, "amount": 10 });
    assert_eq!(desk.post("/stars", stars).await.0, 200);
}

fn ends(bot: &TestBot) -> Vec<i64> {
    let payments = bot.payments();
    let ends = payments
        .iter()
        .map(|payment| &payment["subscription_expiration_date"]);
    ends.map(|end| end.as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_renewal_paid_late_may_keep_its_day_and_say_active() {
    for is_chosen in [false, true] {
        let choices: &[&str] = if is_chosen {
            &["late_renewals_keep_rhythm", "late_renewals_say_active"]
        } else {
            &[]
        };
        let (desk, bot, user, charge) = failed(choices).await;
        desk.advance(MONTH + 86_400).await;
        top_up(&desk, user).await;
        let pay = json!({ "token": TOKEN, "charge_id": charge, "action": "pay" });
        assert_eq!(desk.post("/subscriptions", pay).await.0, 200);
        until("the payment", async || bot.payments().len() == 2).await;
        let length = ends(&bot)[1] - ends(&bot)[0];
        let month = i64::try_from(MONTH).unwrap();
        if is_chosen {
            assert_eq!(
                length,
                2 * month,
                "the month that was missed is not paid for"
            );
            until("the state", async || states(&bot) == ["failed", "active"]).await;
        } else {
            let late = 2 * month + 86_400..2 * month + 86_460;
            assert!(late.contains(&length), "{length}");
            assert_eq!(states(&bot), ["failed"]);
        }
    }
}

#[tokio::test]
async fn a_failed_renewal_may_be_tried_once_more_by_itself() {
    for is_chosen in [false, true] {
        let choices: &[&str] = if is_chosen {
            &["failed_renewals_retry"]
        } else {
            &[]
        };
        let (desk, bot, user, _) = failed(choices).await;
        top_up(&desk, user).await;
        desk.advance(86_000).await;
        assert_eq!(bot.payments().len(), 1, "not yet");
        desk.advance(1_000).await;
        let paid = if is_chosen { 2 } else { 1 };
        until("the second try", async || bot.payments().len() == paid).await;
        assert_eq!(states(&bot), ["failed"]);
    }
    let (desk, bot, user, _) = failed(&["failed_renewals_retry"]).await;
    desk.advance(2 * 86_400).await;
    top_up(&desk, user).await;
    desk.advance(10 * 86_400).await;
    assert_eq!(
        (bot.payments().len(), states(&bot).len()),
        (1, 1),
        "there is no third"
    );
}

#[tokio::test]
async fn a_second_try_that_fails_may_be_told_of() {
    for is_chosen in [false, true] {
        let choices: &[&str] = if is_chosen {
            &["failed_renewals_retry", "failed_retries_say_so"]
        } else {
            &["failed_renewals_retry"]
        };
        let (desk, bot, user, charge) = failed(choices).await;
        desk.advance(2 * 86_400).await;
        // What comes after it shows that nothing more came before.
        top_up(&desk, user).await;
        let pay = json!({ "token": TOKEN, "charge_id": charge, "action": "pay" });
        assert_eq!(desk.post("/subscriptions", pay).await.0, 200);
        let cancel = json!({ "token": TOKEN, "charge_id": charge, "action": "cancel" });
        assert_eq!(desk.post("/subscriptions", cancel).await.0, 200);
        let expected: &[&str] = if is_chosen {
            &["failed", "failed", "canceled"]
        } else {
            &["failed", "canceled"]
        };
        until("the states", async || states(&bot) == expected).await;
    }
}

#[tokio::test]
async fn a_subscription_update_may_wait_for_a_message() {
    for is_chosen in [false, true] {
        // The clock stands still: what failed is not tried again by itself.
        let desk = Desk::with(Config {
            seed: Some(1),
            start_time: Some(1_700_000_000),
            ..Config::default()
        })
        .await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "subscriptions_wait_for_messages", is_chosen).await;
        let user = desk.user(10).await;
        let charge = desk.subscribe(user, 10, "sub-1").await;
        until("the payment is taken in", async || {
            let info = desk.call("getWebhookInfo", json!({})).await;
            bot.payments().len() == 1 && info["pending_update_count"] == 0
        })
        .await;
        let later = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("60"))]);
        bot.answer_with(500, later, json!({}));
        desk.say(user, "Hello").await;
        until("the message", async || bot.texts().len() == 1).await;
        let cancel = json!({ "token": TOKEN, "charge_id": charge, "action": "cancel" });
        assert_eq!(desk.post("/subscriptions", cancel).await.0, 200);
        if !is_chosen {
            until("the update", async || states(&bot).len() == 1).await;
            assert_eq!(bot.texts().len(), 1, "the message waits still");
        }
        desk.advance(61).await;
        until("both", async || {
            bot.texts().len() == 2 && states(&bot).len() == 1
        })
        .await;
        let last = bot.seen().last().unwrap().update.clone();
        assert_eq!(last.get("subscription").is_some(), is_chosen);
    }
}
