//! The life of a payment, in all its ways.

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, TOKEN, invoice, until};
use std::time::Duration;

use serde_json::{Value, json};

async fn ledger(desk: &Desk) -> Value {
    desk.get(&format!("/ledger?token={TOKEN}")).await
}

#[tokio::test]
async fn a_purchase_moves_stars_and_tells_the_bot() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let receipt = desk.pay(&slug, user, None).await;
    assert_eq!(receipt["status"], "paid");
    let charge = &receipt["charge_id"];
    assert_eq!(desk.stars(user).await, 70);
    until("successful_payment", async || {
        bot.with_field("successful_payment").len() == 1
    })
    .await;
    let payment = bot.with_field("successful_payment")[0]["message"]["successful_payment"].clone();
    assert_eq!(payment["currency"], "XTR");
    assert_eq!(payment["total_amount"], 30);
    assert_eq!(payment["invoice_payload"], "order-1");
    assert_eq!(&payment["telegram_payment_charge_id"], charge);
    assert!(payment.get("is_recurring").is_none());
    let row = desk.call("getStarTransactions", json!({})).await["transactions"][0].clone();
    assert_eq!((&row["id"], &row["amount"]), (charge, &json!(30)));
    assert_eq!(row["source"]["invoice_payload"], "order-1");
    assert_eq!(
        desk.call("getMyStarBalance", json!({})).await,
        json!({ "amount": 30 })
    );
    let secret = bot.seen()[0].secret.clone();
    assert_eq!(secret.as_deref(), Some("s3cret-A_1"));
}

#[tokio::test]
async fn a_link_is_payable_again_and_by_anyone() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Approve).await;
    let (ada, bob) = (desk.user(100).await, desk.user(100).await);
    let slug = desk.invoice(30, "order-1").await;
    for user in [ada, ada, bob] {
        assert_eq!(desk.pay(&slug, user, None).await["status"], "paid");
    }
    assert_eq!(ledger(&desk).await["balance"], 90);
    let charges: std::collections::HashSet<String> = ledger(&desk).await["transactions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(charges.len(), 3);
}

#[tokio::test]
async fn a_refusal_reaches_the_buyer_and_takes_nothing() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Refuse).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let receipt = desk.pay(&slug, user, None).await;
    assert_eq!(receipt["status"], "failed");
    assert_eq!(receipt["error_message"], "Sold out, sorry.");
    assert_eq!(desk.stars(user).await, 100);
    assert_eq!(ledger(&desk).await["balance"], 0);
}

#[tokio::test]
async fn ten_seconds_without_an_answer_end_the_payment() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Ignore).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let begun = std::time::Instant::now();
    let request = json!({ "slug": slug, "user_id": user });
    let (paying, ()) = tokio::join!(desk.post("/pay", request), async {
        until("the query", async || !bot.seen().is_empty()).await;
        desk.advance(10).await;
    });
    assert!(
        begun.elapsed() < Duration::from_secs(9),
        "the clock ended it, not the wait"
    );
    assert_eq!(paying.1["status"], "failed");
    assert_eq!(paying.1["error_code"], "BOT_PRECHECKOUT_TIMEOUT");
    let query = bot.seen()[0].update["pre_checkout_query"]["id"].clone();
    let late = json!({ "pre_checkout_query_id": query, "ok": true });
    assert_eq!(
        desk.refusal("answerPreCheckoutQuery", late).await,
        (
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
                .into()
        )
    );
    assert_eq!(desk.stars(user).await, 100);
}

#[tokio::test]
async fn nine_seconds_are_still_in_time() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Ignore).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let request = json!({ "slug": slug, "user_id": user });
    let (paying, ()) = tokio::join!(desk.post("/pay", request), async {
        until("the query", async || !bot.seen().is_empty()).await;
        desk.advance(9).await;
        let query = bot.seen()[0].update["pre_checkout_query"]["id"].clone();
        let answer = json!({ "pre_checkout_query_id": query, "ok": true });
        assert_eq!(desk.call("answerPreCheckoutQuery", answer).await, true);
    });
    assert_eq!(paying.1["status"], "paid");
}

#[tokio::test]
async fn a_poor_buyer_never_bothers_the_bot() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(29).await;
    let slug = desk.invoice(30, "order-1").await;
    let receipt = desk.pay(&slug, user, None).await;
    assert_eq!(receipt["error_code"], "BALANCE_TOO_LOW");
    assert!(bot.seen().is_empty());
    assert_eq!(
        desk.post("/stars", json!({ "user_id": user, "amount": 1 }))
            .await
            .1["balance"],
        30
    );
    assert_eq!(desk.pay(&slug, user, None).await["status"], "paid");
}

#[tokio::test]
async fn what_the_client_says_need_not_be_true() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(1000).await;
    let slug = desk.invoice(1, "order-1").await;
    let cancelled = desk.pay(&slug, user, Some("cancelled")).await;
    assert_eq!(
        (&cancelled["status"], cancelled.get("charge_id")),
        (&json!("cancelled"), None)
    );
    assert_eq!(desk.stars(user).await, 1000);
    for (outcome, status) in [
        ("failed_but_paid", "failed"),
        ("cancelled_but_paid", "cancelled"),
    ] {
        let receipt = desk.pay(&slug, user, Some(outcome)).await;
        assert_eq!(receipt["status"], status);
        assert!(receipt["charge_id"].is_string());
    }
    assert_eq!(desk.stars(user).await, 998);
    until("both payments", async || {
        bot.with_field("successful_payment").len() == 2
    })
    .await;
}

#[tokio::test]
async fn a_pending_payment_is_charged_later() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let request =
        json!({ "slug": slug, "user_id": user, "outcome": "pending", "delay_ms": 3_000_000 });
    let (_, receipt) = desk.post("/pay", request).await;
    assert_eq!(
        receipt,
        json!({ "status": "pending", "closed": ["pending"] })
    );
    assert_eq!(desk.stars(user).await, 100);
    desk.advance(3000).await;
    until("the payment", async || {
        bot.with_field("successful_payment").len() == 1
    })
    .await;
    assert_eq!(desk.stars(user).await, 70);
}

#[tokio::test]
async fn updates_get_lost_doubled_and_late() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(1, "order-1").await;
    let lost = desk.pay(&slug, user, Some("lost_update")).await["charge_id"].clone();
    let late = json!({ "slug": slug, "user_id": user, "outcome": "late", "delay_ms": 3_000_000 });
    let late = desk.post("/pay", late).await.1["charge_id"].clone();
    let doubled = desk.pay(&slug, user, Some("double_update")).await["charge_id"].clone();
    let charges = || {
        let payments = bot.with_field("successful_payment").into_iter();
        payments
            .map(|update| {
                update["message"]["successful_payment"]["telegram_payment_charge_id"].clone()
            })
            .collect::<Vec<_>>()
    };
    until("the doubled one", async || charges().len() == 2).await;
    assert_eq!(charges(), [doubled.clone(), doubled.clone()]);
    let ids: Vec<_> = bot
        .with_field("successful_payment")
        .iter()
        .map(|u| u["update_id"].clone())
        .collect();
    assert_eq!(ids[0], ids[1], "it is the same update");
    desk.advance(3000).await;
    until("the late one", async || charges().len() == 3).await;
    assert_eq!(charges()[2], late);
    let rows = ledger(&desk).await["transactions"].clone();
    assert_eq!(
        rows[0]["id"], lost,
        "the ledger knows what the updates do not tell"
    );
}

#[tokio::test]
async fn refunds_and_chargebacks_go_both_ways() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let slug = desk.invoice(30, "order-1").await;
    let first = desk.pay(&slug, user, None).await["charge_id"].clone();
    let second = desk.pay(&slug, user, None).await["charge_id"].clone();
    let refund = json!({ "user_id": user, "telegram_payment_charge_id": first });
    assert_eq!(desk.call("refundStarPayment", refund.clone()).await, true);
    assert_eq!(
        desk.refusal("refundStarPayment", refund).await,
        (400, "Bad Request: CHARGE_ALREADY_REFUNDED".into())
    );
    let unknown = json!({ "user_id": user, "telegram_payment_charge_id": "nope" });
    assert_eq!(
        desk.refusal("refundStarPayment", unknown).await.1,
        "Bad Request: CHARGE_ID_INVALID"
    );
    let (status, done) = desk
        .post("/refunds", json!({ "token": TOKEN, "charge_id": second }))
        .await;
    assert_eq!((status, &done["balance"]), (200, &json!(0)));
    assert_eq!(desk.stars(user).await, 100);
    until("both notices", async || {
        bot.with_field("refunded_payment").len() == 2
    })
    .await;
    for told in bot.with_field("refunded_payment") {
        let (from, chat) = (&told["message"]["from"], &told["message"]["chat"]);
        assert_eq!((&from["id"], &from["is_bot"]), (&json!(7001), &json!(true)));
        assert_eq!(chat["id"], user, "whose Stars they are");
    }
    let rows = ledger(&desk).await["transactions"].clone();
    assert_eq!(rows[2]["id"], first);
    assert!(rows[2].get("receiver").is_some() && rows[2].get("source").is_none());
    let (status, problem) = desk
        .post("/refunds", json!({ "token": TOKEN, "charge_id": "nope" }))
        .await;
    assert_eq!(
        (status, &problem["error"]["code"]),
        (400, &json!("charge_id_invalid"))
    );
}

#[tokio::test]
async fn a_first_subscription_payment_says_so() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    let mut wanted = invoice(10, "sub-1");
    wanted["subscription_period"] = json!(2_592_000);
    let link = desk.call("createInvoiceLink", wanted).await;
    let receipt = desk.pay(link.as_str().unwrap(), user, None).await;
    until("the payment", async || {
        bot.with_field("successful_payment").len() == 1
    })
    .await;
    let message = bot.with_field("successful_payment")[0]["message"].clone();
    let payment = &message["successful_payment"];
    assert_eq!(payment["is_recurring"], true);
    assert_eq!(payment["is_first_recurring"], true);
    let date = message["date"].as_i64().unwrap();
    assert_eq!(payment["subscription_expiration_date"], date + 2_592_000);
    let row = ledger(&desk).await["transactions"][0].clone();
    assert_eq!(row["source"]["subscription_period"], 2_592_000);
    let stop = json!({
        "user_id": user,
        "telegram_payment_charge_id": receipt["charge_id"],
        "is_canceled": true,
    });
    assert_eq!(desk.call("editUserStarSubscription", stop).await, true);
    let unknown =
        json!({ "user_id": user, "telegram_payment_charge_id": "x", "is_canceled": true });
    assert_eq!(
        desk.refusal("editUserStarSubscription", unknown).await.1,
        "Bad Request: CHARGE_ID_INVALID"
    );
}

#[tokio::test]
async fn transactions_are_paged_from_the_oldest() {
    let desk = Desk::start().await;
    let _bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.user(100).await;
    for number in 1..=3 {
        let slug = desk.invoice(number, &format!("order-{number}")).await;
        desk.pay(&slug, user, None).await;
    }
    let page = desk
        .call("getStarTransactions", json!({ "offset": 1, "limit": 1 }))
        .await;
    let rows = page["transactions"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["amount"]), (1, &json!(2)));
}

#[tokio::test]
async fn an_invoice_in_the_chat_is_paid_by_its_slug() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    let user = desk.started_user(100).await;
    let mut wanted = invoice(30, "order-1");
    wanted["chat_id"] = json!(user);
    let sent = desk.call("sendInvoice", wanted.clone()).await;
    assert_eq!(sent["invoice"]["total_amount"], 30);
    assert!(sent["invoice"].get("payload").is_none());
    assert_eq!(sent["reply_markup"]["inline_keyboard"][0][0]["pay"], true);
    wanted["reply_markup"] =
        json!({ "inline_keyboard": [[{ "text": "No", "callback_data": "x" }]] });
    assert_eq!(
        desk.refusal("sendInvoice", wanted).await.1,
        "Bad Request: BUTTON_TYPE_INVALID"
    );
    let chat = desk.get(&format!("/chats/{user}?token={TOKEN}")).await;
    let slug = chat["messages"][1]["invoice_slug"]
        .as_str()
        .unwrap()
        .to_owned();
    let sheet = desk.get(&format!("/invoices/{slug}?user_id={user}")).await;
    assert_eq!(
        (&sheet["amount"], &sheet["balance"]),
        (&json!(30), &json!(100))
    );
    assert_eq!(desk.pay(&slug, user, None).await["status"], "paid");
    until("the payment", async || {
        bot.with_field("successful_payment").len() == 1
    })
    .await;
}
