//! Stars that are not a plain sale: affiliates, withdrawals, debts, paging.

use std::collections::HashSet;

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, MONTH, TOKEN};
use serde_json::{Value, json};

#[tokio::test]
async fn an_affiliate_gets_a_part_to_the_billionth() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Approve).await;
    let (user, friend) = (desk.user(100).await, desk.user(0).await);
    let referral = json!({ "token": TOKEN, "user_id": user, "affiliate_id": friend, "commission_per_mille": 55 });
    assert_eq!(desk.post("/affiliates", referral).await.0, 200);
    let slug = desk.invoice(25, "order-1").await;
    let charge = desk.pay(&slug, user, None).await["charge_id"].clone();
    assert_eq!(
        desk.call("getMyStarBalance", json!({})).await,
        json!({ "amount": 23, "nanostar_amount": 625_000_000 })
    );
    let refund = json!({ "user_id": user, "telegram_payment_charge_id": charge });
    desk.call("refundStarPayment", refund).await;
    let page = desk.call("getStarTransactions", json!({})).await;
    let rows = page["transactions"].as_array().unwrap();
    let sale = &rows[0]["source"]["affiliate"];
    assert_eq!(
        (&rows[0]["amount"], &rows[0]["nanostar_amount"]),
        (&json!(23), &json!(625_000_000))
    );
    assert_eq!(
        (&sale["amount"], &sale["nanostar_amount"]),
        (&json!(1), &json!(375_000_000))
    );
    assert_eq!(
        (&sale["commission_per_mille"], &sale["affiliate_user"]["id"]),
        (&json!(55), &json!(friend))
    );
    let back = &rows[1]["receiver"]["affiliate"];
    assert_eq!(
        (&back["amount"], &back["nanostar_amount"]),
        (&json!(-1), &json!(-375_000_000))
    );
    assert_eq!(rows[1]["id"], charge);
    assert_eq!(
        desk.call("getMyStarBalance", json!({})).await,
        json!({ "amount": 0 })
    );
    assert_eq!(desk.stars(user).await, 100);
}

#[tokio::test]
async fn an_affiliate_program_ends() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Approve).await;
    let (user, friend) = (desk.user(100).await, desk.user(0).await);
    let referral = json!({ "token": TOKEN, "user_id": user, "affiliate_id": friend,
        "commission_per_mille": 100, "seconds": 100 });
    desk.post("/affiliates", referral.clone()).await;
    let slug = desk.invoice(10, "order-1").await;
    desk.pay(&slug, user, None).await;
    desk.advance(100).await;
    desk.pay(&slug, user, None).await;
    let rows = desk.ledger().await["transactions"].clone();
    assert!(rows[0]["source"].get("affiliate").is_some());
    assert!(rows[1]["source"].get("affiliate").is_none());
    assert_eq!(desk.ledger().await["balance"], 19);
    let mut all = referral;
    all["commission_per_mille"] = json!(1000);
    assert_eq!(desk.post("/affiliates", all).await.0, 400);
}

async fn withdraw(desk: &Desk, amount: i64) -> (u16, Value) {
    desk.post("/withdrawals", json!({ "token": TOKEN, "amount": amount }))
        .await
}

async fn end(desk: &Desk, id: &Value, ending: &str) -> (u16, Value) {
    desk.put(
        "/withdrawals",
        json!({ "token": TOKEN, "id": id, "ending": ending }),
    )
    .await
}

#[tokio::test]
async fn withdrawals_wait_for_their_hold_and_end_either_way() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(3000).await;
    let slug = desk.invoice(1000, "order-1").await;
    desk.pay(&slug, user, None).await;
    desk.advance(20 * 86_400).await;
    desk.pay(&slug, user, None).await;
    let (status, problem) = withdraw(&desk, 1000).await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("balance_too_low"))
    );
    desk.advance(86_400).await;
    assert_eq!(
        withdraw(&desk, 999).await.1["error"]["code"],
        "amount_invalid"
    );
    let (_, first) = withdraw(&desk, 1000).await;
    assert_eq!(first["balance"], 1000);
    assert_eq!(
        withdraw(&desk, 1000).await.1["error"]["code"],
        "balance_too_low"
    );
    assert_eq!(end(&desk, &first["id"], "failed").await.1["balance"], 2000);
    assert_eq!(
        end(&desk, &first["id"], "failed").await.1["error"]["code"],
        "withdrawal_not_pending"
    );
    desk.advance(21 * 86_400).await;
    let (_, second) = withdraw(&desk, 2000).await;
    end(&desk, &second["id"], "succeeded").await;
    let rows = desk.ledger().await["transactions"].clone();
    assert_eq!(rows[2]["receiver"]["withdrawal_state"]["type"], "failed");
    assert_eq!(
        (&rows[3]["id"], &rows[3]["source"]),
        (&first["id"], &json!({ "type": "fragment" }))
    );
    let paid = &rows[4]["receiver"]["withdrawal_state"];
    assert_eq!(paid["type"], "succeeded");
    assert!(paid["date"].is_i64() && paid["url"].is_string());
}

#[tokio::test]
async fn a_chargeback_after_a_withdrawal_leaves_a_debt() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(1100).await;
    let slug = desk.invoice(1000, "order-1").await;
    let charge = desk.pay(&slug, user, None).await["charge_id"].clone();
    desk.advance(MONTH).await;
    withdraw(&desk, 1000).await;
    let small = desk.invoice(100, "order-2").await;
    let other = desk.pay(&small, user, None).await["charge_id"].clone();
    let back = json!({ "token": TOKEN, "charge_id": charge });
    assert_eq!(desk.post("/refunds", back).await.1["balance"], -900);
    assert_eq!(
        desk.call("getMyStarBalance", json!({})).await,
        json!({ "amount": -900 })
    );
    let refund = json!({ "user_id": user, "telegram_payment_charge_id": other });
    assert_eq!(
        desk.refusal("refundStarPayment", refund).await,
        (400, "Bad Request: BALANCE_TOO_LOW".into())
    );
    crate::support::until("the notice", async || {
        bot.with_field("refunded_payment").len() == 1
    })
    .await;
    let again = json!({ "user_id": user, "telegram_payment_charge_id": charge });
    assert_eq!(
        desk.refusal("refundStarPayment", again).await.1,
        "Bad Request: CHARGE_ALREADY_REFUNDED"
    );
}

#[tokio::test]
async fn a_long_ledger_is_read_page_by_page() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    let sales = json!({ "token": TOKEN, "steps": [
        { "do": "user", "name": "Ada", "stars": 1000 },
        { "do": "sell", "user": "Ada", "stars": 2, "payload": "p", "at": 1, "every": 1, "times": 210 },
        { "do": "refund", "user": "Ada", "at": 2, "every": 4, "times": 20 },
    ]});
    assert_eq!(desk.post("/script", sales).await.1["steps"], 231);
    desk.advance(300).await;
    let mut read = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let page = desk
            .call("getStarTransactions", json!({ "offset": read.len() }))
            .await;
        let page = page["transactions"].as_array().unwrap().clone();
        if page.is_empty() {
            break;
        }
        sizes.push(page.len());
        read.extend(page);
    }
    assert_eq!(sizes, [100, 100, 30]);
    assert_eq!(
        Value::Array(read.clone()),
        desk.ledger().await["transactions"]
    );
    let dates: Vec<_> = read
        .iter()
        .map(|row| row["date"].as_i64().unwrap())
        .collect();
    assert!(dates.is_sorted(), "oldest first");
    let keys: HashSet<_> = read
        .iter()
        .map(|row| (row["id"].to_string(), row.get("source").is_some()))
        .collect();
    assert_eq!(keys.len(), read.len(), "(id, direction) is unique");
    let ids: HashSet<_> = read.iter().map(|row| row["id"].to_string()).collect();
    assert_eq!(ids.len(), 210, "a refund repeats the id of its payment");
    let one = desk
        .call("getStarTransactions", json!({ "offset": 5, "limit": 0 }))
        .await;
    assert_eq!(one["transactions"], json!([read[5]]));
    let most = desk
        .call("getStarTransactions", json!({ "limit": 1000 }))
        .await;
    assert_eq!(most["transactions"].as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn rows_of_any_kind_can_be_booked() {
    let desk = Desk::start().await;
    desk.call("getMe", json!({})).await;
    for (flow, partner) in [
        (
            "in",
            json!({ "type": "affiliate_program", "commission_per_mille": 10 }),
        ),
        ("out", json!({ "type": "telegram_api", "request_count": 7 })),
        ("in", json!({ "type": "of_the_future", "x": [1] })),
    ] {
        let row = json!({ "token": TOKEN, "flow": flow, "amount": 3, "nanostar_amount": 5, "partner": partner });
        assert_eq!(desk.post("/ledger", row).await.0, 200);
    }
    let ledger = desk.ledger().await;
    assert_eq!(
        (&ledger["balance"], &ledger["nanostar_balance"]),
        (&json!(3), &json!(5))
    );
    assert_eq!(ledger["transactions"][2]["source"]["type"], "of_the_future");
    let nothing = json!({ "token": TOKEN, "flow": "in", "amount": 0, "partner": {} });
    assert_eq!(
        desk.post("/ledger", nothing).await.1["error"]["code"],
        "row_invalid"
    );
}
