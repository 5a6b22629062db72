//! Telegram's Star ledger as the client reads it.

// Tests say what went wrong by stopping.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::FakeTelegram;
use telegram::stars::{
    Direction, StarTransaction, StarTransactions, TransactionPartner, WithdrawalState,
};

async fn page(rows: Value) -> StarTransactions {
    let fake = FakeTelegram::start().await;
    fake.will_say(json!({"transactions": rows}));
    let page = fake.client().get_star_transactions(200, 100).await.unwrap();
    assert_eq!(fake.heard().json(), json!({"offset": 200, "limit": 100}));
    page
}

async fn row(side: &str, partner: Value) -> StarTransaction {
    let mut row = json!({"id": "charge-1", "amount": 50, "date": 1_650_385_342});
    row[side] = partner;
    let page = page(json!([row])).await;
    let read = page.rows[0].clone().unwrap();
    assert_eq!(read.raw, row, "kept whole");
    read
}

#[tokio::test]
async fn a_sale_and_its_refund_share_an_id_and_differ_in_direction() {
    let partner = json!({
        "type": "user", "transaction_type": "invoice_payment",
        "user": {"id": 42, "is_bot": false, "first_name": "Ada"},
        "invoice_payload": "order-1", "subscription_period": 2_592_000,
        "affiliate": {"commission_per_mille": 100, "amount": 4, "nanostar_amount": 500_000_000},
    });
    let sale = row("source", partner.clone()).await;
    let refund = row("receiver", partner).await;
    assert_eq!(sale.id, refund.id);
    assert_eq!(sale.direction(), Direction::Incoming);
    assert_eq!(refund.direction(), Direction::Outgoing);
    let user = sale.partner().and_then(TransactionPartner::user).unwrap();
    assert_eq!(user.transaction_type, "invoice_payment");
    assert_eq!(
        (user.user.id, user.invoice_payload.as_deref()),
        (42, Some("order-1"))
    );
    assert_eq!(user.subscription_period, Some(2_592_000));
    let affiliate = user.affiliate.as_ref().unwrap();
    assert_eq!(
        (affiliate.amount, affiliate.nanostar_amount),
        (4, 500_000_000)
    );
}

#[tokio::test]
async fn withdrawals_are_read() {
    let pending = row(
        "receiver",
        json!({"type": "fragment", "withdrawal_state": {"type": "pending"}}),
    );
    let TransactionPartner::Fragment { withdrawal_state } = pending.await.receiver.unwrap() else {
        panic!("not fragment")
    };
    assert_eq!(withdrawal_state, Some(WithdrawalState::Pending));
    let state = |state: Value| json!({"type": "fragment", "withdrawal_state": state});
    for (wire, expected) in [
        (
            state(json!({"type": "succeeded", "date": 1, "url": "https://a"})),
            WithdrawalState::Succeeded {
                date: 1,
                url: "https://a".to_owned(),
            },
        ),
        (state(json!({"type": "failed"})), WithdrawalState::Failed),
        (state(json!({"type": "on_holiday"})), WithdrawalState::Other),
    ] {
        let TransactionPartner::Fragment { withdrawal_state } =
            row("receiver", wire).await.receiver.unwrap()
        else {
            panic!("not fragment")
        };
        assert_eq!(withdrawal_state, Some(expected));
    }
}

#[tokio::test]
async fn partners_that_are_no_people_are_read() {
    let deposit = row("source", json!({"type": "fragment"}))
        .await
        .source
        .unwrap();
    assert_eq!(
        deposit,
        TransactionPartner::Fragment {
            withdrawal_state: None
        }
    );
    let ads = row("receiver", json!({"type": "telegram_ads"}))
        .await
        .receiver
        .unwrap();
    assert_eq!(ads, TransactionPartner::TelegramAds);
    let api = row(
        "receiver",
        json!({"type": "telegram_api", "request_count": 3}),
    )
    .await;
    assert_eq!(
        api.receiver,
        Some(TransactionPartner::TelegramApi { request_count: 3 })
    );
    let program = json!({"type": "affiliate_program", "commission_per_mille": 50});
    let program = row("source", program).await.source.unwrap();
    assert_eq!(
        program,
        TransactionPartner::AffiliateProgram {
            commission_per_mille: 50,
            sponsor_user: None
        }
    );
    let chat = row("receiver", json!({"type": "chat", "chat": {"id": 1}}))
        .await
        .receiver
        .unwrap();
    assert!(matches!(chat, TransactionPartner::Chat(raw) if raw["chat"]["id"] == 1));
}

#[tokio::test]
async fn unknown_partners_are_kept_as_other() {
    for wire in [
        json!({"type": "other"}),
        json!({"type": "martian", "planet": 4}),
        json!("text"),
    ] {
        let row = row("source", wire.clone()).await;
        let Some(TransactionPartner::Other { raw, .. }) = &row.source else {
            panic!("{wire}")
        };
        assert_eq!(*raw, wire);
        assert_eq!(row.direction(), Direction::Incoming);
    }
}

#[tokio::test]
async fn a_known_partner_of_another_shape_is_no_stranger() {
    for wire in [
        json!({"type": "user", "user": "Ada"}),
        json!({"type": "affiliate_program"}),
        json!({"type": "telegram_api"}),
    ] {
        let row = row("source", wire.clone()).await;
        assert_eq!(row.source, Some(TransactionPartner::Unreadable(wire)));
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_stop_the_page() {
    let good = json!({"id": "a", "amount": 1, "date": 1, "nanostar_amount": 5});
    let bad = json!({"amount": 1});
    let page = page(json!([bad, good])).await;
    assert_eq!(page.rows.len(), 2, "both count for the next offset");
    assert_eq!(page.rows[0], Err(bad), "in its place");
    let good = page.readable().next().unwrap();
    assert_eq!(good.amount.nanostar_amount, 5);
    assert_eq!(good.direction(), Direction::Unclear);
}

#[tokio::test]
async fn a_balance_may_be_negative() {
    let fake = FakeTelegram::start().await;
    fake.will_say(json!({"amount": -7, "nanostar_amount": -500_000_000}));
    let balance = fake.client().get_my_star_balance().await.unwrap();
    assert_eq!(
        (balance.amount, balance.nanostar_amount),
        (-7, -500_000_000)
    );
    fake.will_say(json!({"amount": 1_000_000_000_000_i64}));
    let balance = fake.client().get_my_star_balance().await.unwrap();
    assert_eq!(
        (balance.amount, balance.nanostar_amount),
        (1_000_000_000_000, 0)
    );
}
