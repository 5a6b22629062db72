//! What is not known of Telegram, both ways. Renewals that ask and refunds that cancel are with
//! the subscriptions.

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN, until};
use serde_json::{Value, json};

async fn choose(desk: &Desk, name: &str, is_chosen: bool) {
    let (status, answer) = desk.put("/choices", json!({ name: is_chosen })).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn the_refund_of_a_renewal_may_complain_although_it_is_done() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "renewal_refunds_complain", is_chosen).await;
        let user = desk.user(100).await;
        let first = desk.subscribe(user, 10, "sub-1").await;
        desk.advance(MONTH + 1).await;
        until("the renewal", async || bot.payments().len() == 2).await;
        let renewal = bot.payments()[1]["telegram_payment_charge_id"].clone();
        let refund =
            |charge: Value| json!({ "user_id": user, "telegram_payment_charge_id": charge });
        let (status, answer) = desk.raw("refundStarPayment", refund(renewal)).await;
        if is_chosen {
            assert_eq!(
                answer["description"],
                "Bad Request: CHARGE_ALREADY_REFUNDED"
            );
        }
        assert_eq!(status == 200, !is_chosen);
        assert_eq!(desk.stars(user).await, 90, "the Stars are back either way");
        let (status, _) = desk.raw("refundStarPayment", refund(json!(first))).await;
        assert_eq!(status, 200, "the first payment's refund says yes");
    }
}

#[tokio::test]
async fn a_payment_may_let_the_bot_write() {
    for (is_chosen, expected) in [(false, 403), (true, 200)] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "payments_let_write", is_chosen).await;
        let user = desk.user(10).await;
        let slug = desk.invoice(5, "order-1").await;
        desk.pay(&slug, user, None).await;
        let thanks = json!({ "chat_id": user, "text": "Thank you" });
        assert_eq!(desk.raw("sendMessage", thanks).await.0, expected);
    }
}

#[tokio::test]
async fn a_failed_withdrawal_comes_back_with_or_without_its_own_id() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "failed_withdrawals_have_own_id", is_chosen).await;
        let user = desk.user(1000).await;
        let slug = desk.invoice(1000, "order-1").await;
        desk.pay(&slug, user, None).await;
        desk.advance(22 * 86_400).await;
        let wanted = json!({ "token": TOKEN, "amount": 1000 });
        let id = desk.post("/withdrawals", wanted).await.1["id"].clone();
        let failed = json!({ "token": TOKEN, "id": id, "ending": "failed" });
        assert_eq!(desk.put("/withdrawals", failed).await.0, 200);
        let rows = desk.ledger().await["transactions"].clone();
        assert_eq!(rows[1]["receiver"]["withdrawal_state"]["type"], "failed");
        assert_eq!(rows[2]["source"]["type"], "fragment");
        assert_eq!(rows[2]["id"] == rows[1]["id"], !is_chosen);
        assert_eq!(desk.ledger().await["balance"], 1000);
    }
}

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
async fn a_refund_may_leave_a_debt() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "refunds_leave_debts", is_chosen).await;
        let user = desk.user(1000).await;
        let slug = desk.invoice(1000, "order-1").await;
        let charge = desk.pay(&slug, user, None).await["charge_id"].clone();
        desk.advance(22 * 86_400).await;
        let wanted = json!({ "token": TOKEN, "amount": 1000 });
        assert_eq!(desk.post("/withdrawals", wanted).await.0, 200);
        let refund = json!({ "user_id": user, "telegram_payment_charge_id": charge });
        let (status, answer) = desk.raw("refundStarPayment", refund).await;
        let balance = desk.ledger().await["balance"].clone();
        if is_chosen {
            assert_eq!((status, balance), (200, json!(-1000)));
        } else {
            assert_eq!(answer["description"], "Bad Request: BALANCE_TOO_LOW");
            assert_eq!((status, balance), (400, json!(0)));
        }
    }
}
