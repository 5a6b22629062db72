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
