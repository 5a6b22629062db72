//! Subscriptions on the sandbox's clock: months pass in a second, through the code that sells.

use serde_json::json;

use crate::support::{Sandbox, TOKEN, TestShop, eventually};

const DAY: u64 = 86_400;

/// A shop whose Telegram and whose clock are the sandbox's.
async fn sandboxed(sandbox: &Sandbox) -> TestShop {
    let address = sandbox.address.clone();
    TestShop::open_with(|settings| {
        settings
            .with("STARFRONT_TELEGRAM_API", &address)
            .with("STARFRONT_UPDATES", "polling")
            .with("STARFRONT_CLOCK", "sandbox")
    })
    .await
}

/// Somebody who has subscribed to the club: the order's id and its first charge.
async fn member(shop: &TestShop, sandbox: &Sandbox, stars: u64) -> (i64, String, String) {
    let id = sandbox.user(stars).await;
    let buyer = shop.buyer(id, "en").await;
    let opened = buyer.try_order("club", 25).await.unwrap();
    let charge = sandbox.pay(&opened.invoice_link, id, "normal").await;
    is_told(shop, &opened.order, "renews").await;
    (id, opened.order, charge)
}

/// Waits until the operator is told this of a subscription.
async fn is_told(shop: &TestShop, order: &str, part: &str) {
    eventually(part, || async {
        let output = shop.run(&["subscription", "show", order]).await;
        let told = String::from_utf8(output.stdout).unwrap();
        told.contains(part).then_some(())
    })
    .await;
}

/// Waits until so many months of a subscription are booked, and no more.
async fn is_paid(shop: &TestShop, order: &str, months: i64) {
    eventually(&format!("{months} months"), || async {
        let story = run(shop, &["order", "show", order]).await;
        let count = story.matches("paid for 30 days").count();
        (count as i64 == months).then_some(())
    })
    .await;
}

async fn stands(sandbox: &Sandbox, charge: &str, standing: &str) {
    eventually(standing, || async {
        (sandbox.standing(charge).await == standing).then_some(())
    })
    .await;
}

async fn run(shop: &TestShop, arguments: &[&str]) -> String {
    let output = shop.run(arguments).await;
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_year_of_a_subscription_passes() {
    let sandbox = Sandbox::start().await;
    let mut shop = sandboxed(&sandbox).await;
    // Eleven months' worth.
    let (id, order, charge) = member(&shop, &sandbox, 275).await;
    sandbox.says(id, "/start").await;
    sandbox.advance(28 * DAY).await;
    eventually("the reminder", || async {
        sandbox.wrote(id, "renews on").await.then_some(())
    })
    .await;
    for month in 1..=10 {
        sandbox.advance(30 * DAY).await;
        // An update travels for a moment: months must not overtake it.
        is_paid(&shop, &order, month + 1).await;
        assert_eq!(sandbox.balance().await, 25 * (month + 1));
    }
    is_told(&shop, &order, "renews").await;

    // The twelfth cannot be paid: days of grace, then it is over.
    sandbox.advance(3 * DAY).await;
    is_told(&shop, &order, "Telegram could not charge").await;
    stands(&sandbox, &charge, "failed").await;
    sandbox.advance(3 * DAY).await;
    is_told(&shop, &order, "over: lapsed").await;
    is_paid(&shop, &order, 11).await;
    let story = run(&shop, &["order", "show", &order]).await;
    assert!(
        story.contains("the paid time ended: nothing more was paid"),
        "{story}"
    );

    // Weeks later the buyer has Stars again, and pays.
    sandbox.advance(14 * DAY).await;
    sandbox.top_up(id, 100).await;
    sandbox.decide(&charge, "pay").await;
    is_told(&shop, &order, "renews").await;
    run(&shop, &["reconcile"]).await;
    let books = run(&shop, &["ledger", "check"]).await;
    assert!(books.contains("300"), "{books}");
    let (code, _) = shop.process().stop().await;
    assert_eq!(code, Some(0));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_renewal_is_stopped_by_each_and_allowed_again() {
    let sandbox = Sandbox::start().await;
    let shop = sandboxed(&sandbox).await;
    let (_, order, charge) = member(&shop, &sandbox, 100).await;

    sandbox.decide(&charge, "cancel").await;
    is_told(&shop, &order, "stopped by the buyer, in Telegram").await;
    sandbox.decide(&charge, "reactivate").await;
    is_told(&shop, &order, "renews").await;

    run(&shop, &["subscription", "stop", &order]).await;
    stands(&sandbox, &charge, "stopped_by_bot").await;
    run(&shop, &["subscription", "allow", &order]).await;
    stands(&sandbox, &charge, "canceled").await;
    sandbox.decide(&charge, "reactivate").await;
    is_told(&shop, &order, "renews").await;

    // Money back stops it too: nobody is charged again after a refund.
    run(&shop, &["order", "refund", &order]).await;
    stands(&sandbox, &charge, "stopped_by_bot").await;
    is_told(&shop, &order, "over: refunded").await;
    assert_eq!(sandbox.balance().await, 0);
    let books = run(&shop, &["ledger", "check"]).await;
    assert!(!books.contains(TOKEN), "{books}");
}

/// A renewal whose update is lost is found in the ledger.
#[tokio::test]
async fn a_lost_renewal_is_made_good() {
    let sandbox = Sandbox::start().await;
    let shop = sandboxed(&sandbox).await;
    let (_, order, _) = member(&shop, &sandbox, 100).await;
    sandbox.lose("successful_payment").await;
    sandbox.advance(30 * DAY + 60).await;
    is_paid(&shop, &order, 2).await;
    is_told(&shop, &order, "renews").await;
}

/// What Telegram renewed while the shop was away for longer than its grace is known before anything
/// is over, however slow the ledger is.
#[tokio::test]
async fn an_outage_ends_no_subscription() {
    let sandbox = Sandbox::start().await;
    let mut shop = sandboxed(&sandbox).await;
    let (id, order, _) = member(&shop, &sandbox, 100).await;
    sandbox.says(id, "/start").await;
    shop.process().kill().await;
    sandbox.lose("successful_payment").await;
    sandbox.advance(35 * DAY).await;
    let slow = json!({"methods": [{"method": "getStarTransactions", "delay_ms": 2_000}]});
    sandbox.faults(&slow).await;
    shop.start();
    shop.ready().await;
    is_paid(&shop, &order, 2).await;
    is_told(&shop, &order, "renews").await;
    let story = run(&shop, &["order", "show", &order]).await;
    assert!(!story.contains("the paid time ended"), "{story}");
    assert!(!sandbox.wrote(id, "has ended").await);
}

/// Each payment of an old link begins a subscription at Telegram. The second is stopped, its money
/// goes back, and the first goes on.
#[tokio::test]
async fn an_old_link_paid_again_is_given_back() {
    let sandbox = Sandbox::start().await;
    let shop = sandboxed(&sandbox).await;
    let id = sandbox.user(100).await;
    let opened = shop.buyer(id, "en").await.try_order("club", 25).await;
    let opened = opened.unwrap();
    let first = sandbox.pay(&opened.invoice_link, id, "normal").await;
    is_told(&shop, &opened.order, "renews").await;

    // In the midst of a month it is refused; near its end it might be the renewal.
    sandbox.advance(16 * DAY).await;
    let refused = sandbox.try_pay(&opened.invoice_link, id, "normal").await;
    assert_eq!(refused["status"], "failed", "{refused}");
    sandbox.advance(14 * DAY - 3600).await;
    // The shop's clock follows the sandbox's in a moment.
    let second = eventually("a yes", || async {
        let paid = sandbox.try_pay(&opened.invoice_link, id, "normal").await;
        paid["charge_id"].as_str().map(str::to_owned)
    })
    .await;
    stands(&sandbox, &second, "stopped_by_bot").await;
    sandbox.advance(3600).await;
    is_paid(&shop, &opened.order, 2).await;
    stands(&sandbox, &first, "active").await;
    eventually("two months' worth", || async {
        (sandbox.balance().await == 50).then_some(())
    })
    .await;
}

/// The shop's word comes too late: the renewal goes back, and Telegram is told again.
#[tokio::test]
async fn a_renewal_after_a_stop_is_given_back() {
    let sandbox = Sandbox::start().await;
    let shop = sandboxed(&sandbox).await;
    let (id, order, charge) = member(&shop, &sandbox, 100).await;
    run(&shop, &["subscription", "stop", &order]).await;
    stands(&sandbox, &charge, "stopped_by_bot").await;
    // Telegram forgets the word, and the buyer uses that.
    sandbox.allow(id, &charge).await;
    sandbox.decide(&charge, "reactivate").await;
    sandbox.advance(30 * DAY).await;
    stands(&sandbox, &charge, "stopped_by_bot").await;
    is_paid(&shop, &order, 1).await;
    eventually("one month's worth", || async {
        (sandbox.balance().await == 25).then_some(())
    })
    .await;
}
