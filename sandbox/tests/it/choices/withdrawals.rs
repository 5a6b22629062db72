//! Withdrawals, and what they leave behind for refunds and chargebacks.

use super::choose;
use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, TOKEN};
use serde_json::json;

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

#[tokio::test]
async fn a_chargeback_may_call_back_what_waits_for_withdrawal() {
    for is_chosen in [false, true] {
        let desk = Desk::start().await;
        let _bot = TestBot::start(&desk, Manner::Approve).await;
        choose(&desk, "chargebacks_stop_withdrawals", is_chosen).await;
        let user = desk.user(3_100).await;
        let mut charges = Vec::new();
        for stars in [3_000, 100] {
            let slug = desk.invoice(stars, "order").await;
            charges.push(desk.pay(&slug, user, None).await["charge_id"].clone());
        }
        desk.advance(22 * 86_400).await;
        for stars in [1_000, 2_000] {
            let wanted = json!({ "token": TOKEN, "amount": stars });
            assert_eq!(desk.post("/withdrawals", wanted).await.0, 200);
        }
        let take = async |charge: usize| {
            let chargeback = json!({ "token": TOKEN, "charge_id": charges[charge] });
            desk.post("/refunds", chargeback).await.1["balance"].clone()
        };
        assert_eq!(
            take(1).await,
            0,
            "the bot has so much, and nothing is stopped"
        );
        assert_eq!(take(0).await, if is_chosen { 0 } else { -3_000 });
        let rows = desk.ledger().await["transactions"].clone();
        for (row, stars) in [(2, 1_000), (3, 2_000)] {
            let state = if is_chosen { "failed" } else { "pending" };
            assert_eq!(rows[row]["amount"], stars);
            assert_eq!(rows[row]["receiver"]["withdrawal_state"]["type"], state);
        }
    }
}
