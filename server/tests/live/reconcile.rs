//! Our books are made what Telegram's ledger says, whatever was lost on the way.

use app::api::Stage;
use serde_json::json;

use crate::support::{Answer, Buyer, FakeTelegram, Opened, Raw, Sandbox, TestShop, eventually};

/// Two days: longer than Telegram keeps an update.
const OUTAGE_SECONDS: u64 = 48 * 3600;

/// A shop whose Telegram is the sandbox.
async fn sandboxed(sandbox: &Sandbox) -> TestShop {
    let address = sandbox.address.clone();
    TestShop::open_with(|settings| {
        settings
            .with("STARFRONT_TELEGRAM_API", &address)
            .with("STARFRONT_UPDATES", "polling")
    })
    .await
}

/// Opens an order; gives it with its invoice link.
async fn open(buyer: &Buyer<'_>) -> (Opened, String) {
    let opened = buyer.try_order("guide", 40).await.unwrap();
    let order = Opened {
        id: opened.order,
        ticket: opened.ticket,
        price: 40,
    };
    (order, opened.invoice_link)
}

/// Waits until the goods are the buyer's, be they in the chat too or not.
async fn has_goods(buyer: &Buyer<'_>, order: &Opened) {
    eventually("the goods", || async {
        let stage = buyer.view(order).await.stage;
        matches!(stage, Stage::Paid | Stage::Delivered).then_some(())
    })
    .await;
}

async fn text_of(shop: &TestShop, arguments: &[&str], code: i32) -> String {
    let output = shop.run(arguments).await;
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {output:?}"
    );
    let told = [output.stdout, output.stderr].concat();
    String::from_utf8(told).unwrap()
}

#[tokio::test]
async fn an_outage_of_two_days_is_rebuilt_from_the_ledger() {
    let sandbox = Sandbox::start().await;
    let mut shop = sandboxed(&sandbox).await;
    let mut sales = Vec::new();
    for number in 0..5 {
        let id = sandbox.user(100).await;
        let buyer = shop.buyer(id, "en").await;
        let (order, link) = open(&buyer).await;
        let outcome = if number == 0 { "normal" } else { "lost_update" };
        let charge = sandbox.pay(&link, id, outcome).await;
        sales.push((id, order, charge));
    }
    let (first, order, _) = &sales[0];
    has_goods(&shop.buyer(*first, "en").await, order).await;
    shop.process().kill().await;
    sandbox.advance(OUTAGE_SECONDS).await;

    shop.start();
    shop.ready().await;
    for (id, order, charge) in &sales {
        has_goods(&shop.buyer(*id, "en").await, order).await;
        let story = text_of(&shop, &["charge", "show", charge], 0).await;
        assert!(story.contains("40 Stars from buyer"), "{story}");
    }
    assert_eq!(sandbox.balance().await, 200);
    let again = text_of(&shop, &["reconcile"], 0).await;
    assert!(again.contains("0 missed payments granted"), "{again}");
    let books = text_of(&shop, &["ledger", "check"], 0).await;
    assert!(
        books.contains("telegram") && books.contains("200"),
        "{books}"
    );

    // A store takes one back, and nobody tells the shop.
    sandbox.lose("refunded_payment").await;
    let (id, order, charge) = &sales[1];
    sandbox.charge_back(charge).await;
    let by_hand = text_of(&shop, &["reconcile"], 0).await;
    assert!(by_hand.contains("1 refunds from elsewhere"), "{by_hand}");
    assert_eq!(
        shop.buyer(*id, "en").await.view(order).await.stage,
        Stage::Refunded
    );
    let books = text_of(&shop, &["ledger", "check"], 0).await;
    assert!(books.contains("160"), "{books}");
    let (code, _) = shop.process().stop().await;
    assert_eq!(code, Some(0));
    sandbox.stop().await;
}

/// What our books say the bot has, where nothing differs from Telegram's.
async fn booked(shop: &TestShop) -> i64 {
    text_of(shop, &["reconcile"], 0).await;
    let books = text_of(shop, &["ledger", "check"], 0).await;
    let held = books.lines().find_map(|line| line.strip_prefix("telegram"));
    held.unwrap().trim().parse().unwrap()
}

/// Stars leave with the withdrawal and come back with their own row, once each, whatever id that has.
#[tokio::test]
async fn a_withdrawal_that_fails_moves_nothing_in_the_end() {
    /// Longer than Stars have to lie before they can be taken out.
    const HOLD_SECONDS: u64 = 22 * 24 * 3600;
    let sandbox = Sandbox::start().await;
    let shop = sandboxed(&sandbox).await;
    let id = sandbox.user(100).await;
    let buyer = shop.buyer(id, "en").await;
    let (order, link) = open(&buyer).await;
    sandbox.pay(&link, id, "normal").await;
    has_goods(&buyer, &order).await;
    sandbox.book(1_000).await;
    assert_eq!(booked(&shop).await, 1_040);
    for has_own_id in [false, true] {
        let choices = json!({"failed_withdrawals_have_own_id": has_own_id});
        sandbox.choose(&choices).await;
        sandbox.advance(HOLD_SECONDS).await;
        let withdrawal = sandbox.withdraw(1_000).await;
        assert_eq!(booked(&shop).await, 40, "while it is under way");
        sandbox.fail(&withdrawal).await;
        for _ in 0..2 {
            assert_eq!(booked(&shop).await, 1_040, "its own id: {has_own_id}");
        }
        assert_eq!(sandbox.balance().await, 1_040);
    }
}

/// A row that cannot be worked is told at the end, and keeps nothing else from being made good.
#[tokio::test]
async fn a_row_in_trouble_is_told_and_the_look_goes_on() {
    let shop = TestShop::open().await;
    let other = shop.buyer(64, "en").await.order("guide", 40).await;
    let mut raw = Raw::open(&shop).await;
    raw.run("UPDATE orders SET term = 'pass'").await;
    let buyer = shop.buyer(65, "en").await;
    let order = buyer.order("guide", 40).await;
    shop.telegram
        .books("charge-broken", 64, &other.id, 40, false);
    shop.telegram
        .books("charge-untold", 65, &order.id, 40, false);
    let told = text_of(&shop, &["reconcile"], 1).await;
    for part in [
        "1 missed payments granted",
        "could not be booked yet",
        "(database_corrupt)",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    buyer.sees(&order, Stage::Delivered).await;

    raw.run("UPDATE orders SET term = 'forever'").await;
    let told = text_of(&shop, &["reconcile"], 0).await;
    assert!(told.contains("1 missed payments granted"), "{told}");
}

#[tokio::test]
async fn what_differs_is_an_alarm_until_a_person_has_looked() {
    let shop = TestShop::open_with(|settings| {
        settings
            .with("STARFRONT_OWNERS", "900")
            .with("STARFRONT_RECONCILE_SECONDS", "1")
    })
    .await;
    let buyer = shop.buyer(61, "en").await;
    let order = buyer.order("guide", 40).await;
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.telegram.books(&charge, 61, &order.id, 39, false);
    shop.logged("our books and Telegram's differ").await;
    let to_owner = |part: &'static str| {
        let telegram = &shop.telegram;
        telegram.call_where("sendMessage", move |call| {
            call.body["chat_id"] == 900 && call.body["text"].as_str().unwrap().contains(part)
        })
    };
    to_owner("another amount").await;
    to_owner("balance is not").await;
    let metrics = shop
        .get("/metrics")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(metrics.contains("ledger_differences 2"), "{metrics}");

    let told = text_of(&shop, &["ledger", "check"], 4).await;
    assert!(
        told.contains(r#""amount":40"#) && told.contains(r#""amount":39"#),
        "{told}"
    );
    let ids = told.lines().filter_map(|line| line.split("  ").next());
    let ids: Vec<&str> = ids.filter(|id| id.len() == 32).collect();
    assert_eq!(ids.len(), 2, "{told}");
    for id in ids {
        text_of(&shop, &["ledger", "accept", id], 0).await;
        text_of(&shop, &["ledger", "accept", id], 3).await;
    }
    text_of(&shop, &["reconcile"], 0).await;
    text_of(&shop, &["ledger", "check"], 0).await;
}

#[tokio::test]
async fn a_ledger_that_cannot_be_read_is_read_later() {
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_RECONCILE_SECONDS", "1"));
    let shop = shop.await;
    // A look asks once for rows, and once more whether some came while it asked for the balance.
    for _ in 0..2 {
        let failure = Answer::failure(1, 502, "Bad Gateway");
        shop.telegram.next("getStarTransactions", failure);
    }
    shop.logged("was not read to its end").await;
    let buyer = shop.buyer(62, "en").await;
    let order = buyer.order("guide", 40).await;
    shop.telegram
        .books("charge-untold", 62, &order.id, 40, false);
    buyer.sees(&order, Stage::Delivered).await;
}

#[tokio::test]
async fn another_bots_ledger_is_read_from_its_beginning() {
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_RECONCILE_SECONDS", "1"));
    let shop = shop.await;
    let buyer = shop.buyer(63, "en").await;
    let order = buyer.order("guide", 40).await;
    // More rows than one look goes back.
    shop.telegram.another_ledger(Vec::new(), 220, "first");
    shop.logged("told what was missed").await;
    let sale = FakeTelegram::sale("charge-untold", 63, &order.id, 40, false);
    shop.telegram.another_ledger(vec![sale], 400, "second");
    buyer.sees(&order, Stage::Delivered).await;
}
