//! What the person who runs the shop sees and does by hand, with exact exit codes.

use app::api::Stage;
use serde_json::json;

use crate::support::{Answer, FakeTelegram, TestShop};

async fn told(shop: &TestShop, arguments: &[&str], code: i32) -> String {
    let output = shop.run(arguments).await;
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {output:?}"
    );
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[tokio::test]
async fn the_story_of_a_payment_is_told_in_order() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(71, "en").await;
    let order = buyer.order("guide", 40).await;
    assert_eq!(buyer.precheck(&order.id, 39).await["ok"], false);
    let noted = || async {
        let story = told(&shop, &["order", "show", &order.id], 0).await;
        story.contains("the shop said no").then_some(())
    };
    crate::support::eventually("the refusal is noted", noted).await;
    buyer.precheck(&order.id, 40).await;
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    told(&shop, &["order", "refund", &order.id], 0).await;
    buyer.sees(&order, Stage::Refunded).await;

    let story = told(&shop, &["order", "show", &order.id], 0).await;
    let at = |part: &str| {
        let found = story.lines().position(|line| line.contains(part));
        found.unwrap_or_else(|| panic!("{part} in {story}"))
    };
    let opened = at("buyer 71 opened the order: “A Guide” for 40 Stars");
    assert!(opened < at("the shop told Telegram to go ahead"));
    at(&format!(
        "Telegram took 40 Stars from buyer 71 (charge {charge})"
    ));
    at("books: 40 Stars from sales to telegram (payment)");
    at("books: 40 Stars from telegram to owed (refund)");
    assert!(at("the buyer got the right to “The guide”") < at("“The guide” was sent in the chat"));
    assert!(at("was sent in the chat") <= at("“The guide” was taken back"));
    at("buyer 71 was about to pay, and the shop said no: the amount is not the order's");
    at(&format!(
        "done after 1 try: giving the Stars of charge {charge} back to buyer 71"
    ));
    let of_charge = told(&shop, &["charge", "show", &charge], 0).await;
    assert!(
        of_charge.contains("is to go back: the seller gives it back"),
        "{of_charge}"
    );

    let nobody = "0".repeat(32);
    assert!(
        told(&shop, &["order", "show", &nobody], 3)
            .await
            .contains("there is no order")
    );
    assert!(
        told(&shop, &["charge", "show", "nothing"], 3)
            .await
            .contains("no charge nothing")
    );
    assert!(
        told(&shop, &["order", "show", "seven"], 1)
            .await
            .contains("32 hex digits")
    );
    told(&shop, &["order", "fly"], 2).await;
    assert!(
        told(&shop, &["ledger", "check"], 0)
            .await
            .contains("The books balance")
    );
}

#[tokio::test]
async fn what_is_in_trouble_is_listed_and_tried_again() {
    let shop = TestShop::open().await;
    assert!(
        told(&shop, &["outbox", "list"], 0)
            .await
            .contains("Nothing is in trouble")
    );
    let refused = "Bad Request: no way";
    shop.telegram
        .next("sendDocument", Answer::failure(1, 400, refused));
    let buyer = shop.buyer(72, "en").await;
    let order = buyer.buy("guide", 40).await;
    shop.logged("an effect was put aside").await;
    let list = told(&shop, &["outbox", "list"], 0).await;
    let sending = "sending “The guide” to buyer 72 in the chat";
    let wanted = format!("{sending} (order {}): put aside", order.id);
    assert!(
        list.contains(&wanted) && list.contains("last trouble bad_request"),
        "{list}"
    );
    let story = told(&shop, &["order", "show", &order.id], 0).await;
    let wanted = format!("put aside after 1 try, last trouble bad_request: {sending}");
    assert!(story.contains(&wanted), "{story}");
    let row = list.split("  ").next().unwrap();
    let whole = told(&shop, &["outbox", "show", row], 0).await;
    let named = format!("order  {}", order.id);
    for part in [&named, "buyer  72", "put aside at", "\"kind\":\"deliver\""] {
        assert!(whole.contains(part), "{part} in {whole}");
    }
    let checked = told(&shop, &["check"], 0).await;
    assert!(checked.contains("work: 1 rows are put aside"), "{checked}");
    assert!(checked.contains("owners: none"), "{checked}");
    told(&shop, &["outbox", "retry"], 1).await;
    assert!(
        told(&shop, &["outbox", "retry", "--all"], 0)
            .await
            .contains("1 rows")
    );
    buyer.sees(&order, Stage::Delivered).await;
    let done = told(&shop, &["outbox", "retry", row], 1).await;
    assert!(done.contains("is done"), "{done}");
}

#[tokio::test]
async fn what_is_not_there_is_told_as_that() {
    let shop = TestShop::open().await;
    let nobody = "0".repeat(32);
    for arguments in [
        ["order", "show"],
        ["order", "refund"],
        ["charge", "show"],
        ["charge", "refund"],
        ["subscription", "show"],
        ["subscription", "stop"],
        ["subscription", "allow"],
        ["outbox", "show"],
        ["outbox", "retry"],
        ["ledger", "accept"],
    ] {
        told(&shop, &[&arguments[..], &[&nobody]].concat(), 3).await;
    }
    told(&shop, &["retry", &nobody], 3).await;
}

#[tokio::test]
async fn a_refund_that_cannot_be_queued_says_why() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(78, "en").await;
    let order = buyer.order("guide", 40).await;
    let refund = ["order", "refund", order.id.as_str()];
    assert!(told(&shop, &refund, 1).await.contains("is not paid"));
    let poor = "Bad Request: BALANCE_TOO_LOW";
    shop.telegram
        .next("refundStarPayment", Answer::failure(100, 400, poor));
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    let of_charge = ["charge", "refund", charge.as_str()];
    assert!(told(&shop, &of_charge, 0).await.contains("is queued"));
    for arguments in [&refund, &of_charge] {
        let under_way = told(&shop, arguments, 1).await;
        assert!(under_way.contains("is on its way already"), "{under_way}");
    }
    shop.telegram.recover();
    buyer.sees(&order, Stage::Refunded).await;
    for arguments in [&refund, &of_charge] {
        let back = told(&shop, arguments, 1).await;
        assert!(back.contains("went back already"), "{back}");
    }
    let stop = ["subscription", "stop", order.id.as_str()];
    assert!(told(&shop, &stop, 3).await.contains("no subscription"));
}

#[tokio::test]
async fn what_is_put_aside_is_told_to_the_owner_and_counted() {
    let mut shop = TestShop::open_with(|settings| settings.with("STARFRONT_OWNERS", "903")).await;
    let refused = "Bad Request: no way";
    shop.telegram
        .next("sendDocument", Answer::failure(1, 400, refused));
    let buyer = shop.buyer(79, "en").await;
    buyer.buy("guide", 40).await;
    let to_owner = |call: &crate::support::Call| call.body["chat_id"] == 903;
    let warning = shop.telegram.call_where("sendMessage", to_owner).await.body;
    let text = warning["text"].as_str().unwrap();
    assert!(text.contains("1 deliveries"), "{text}");
    // The queues are looked at as the shop starts, and every few seconds.
    shop.process().stop().await;
    shop.start();
    shop.ready().await;
    let counted = r#"queue_rows{queue="outbox",state="dead"} 1"#;
    let metrics = crate::support::eventually(counted, || async {
        let answer = shop.get("/metrics").send().await.unwrap();
        let text = answer.text().await.unwrap();
        text.contains(counted).then_some(text)
    });
    let metrics = metrics.await;
    assert!(metrics.contains(r#"queue_oldest_age_seconds{queue="inbox"} 0"#));
    let told_owner = shop.telegram.calls("sendMessage");
    assert_eq!(told_owner.iter().filter(|call| to_owner(call)).count(), 1);
}

#[tokio::test]
async fn all_of_a_product_goes_back_by_rule() {
    let shop = TestShop::open().await;
    let mut orders = Vec::new();
    for id in [73, 74] {
        let buyer = shop.buyer(id, "en").await;
        orders.push((id, buyer.buy("guide", 40).await));
        buyer
            .sees(&orders[orders.len() - 1].1, Stage::Delivered)
            .await;
    }
    let kept = shop.buyer(75, "en").await;
    let other = kept.buy("set", 90).await;
    let all = ["order", "refund", "--all-of", "guide"];
    let would = told(&shop, &[&all[..], &["--dry-run"]].concat(), 0).await;
    assert!(
        would.contains("2 purchases, 80 Stars; nothing was queued"),
        "{would}"
    );
    // The payments are dated in November 2026.
    let early = told(&shop, &[&all[..], &["--until", "2026-01-01"]].concat(), 0).await;
    assert!(early.contains("0 refunds are queued"), "{early}");
    told(&shop, &[&all[..], &["--since", "sometime"]].concat(), 1).await;
    told(&shop, &["order", "refund"], 1).await;
    let done = told(&shop, &[&all[..], &["--since", "2026-01-01"]].concat(), 0).await;
    assert!(done.contains("2 refunds are queued"), "{done}");
    for (id, order) in &orders {
        shop.buyer(*id, "en")
            .await
            .sees(order, Stage::Refunded)
            .await;
    }
    assert_eq!(shop.telegram.calls("refundStarPayment").len(), 2);
    kept.sees(&other, Stage::Delivered).await;
}

#[tokio::test]
async fn too_few_stars_are_told_to_the_owner_and_the_refund_waits() {
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_OWNERS", "901")).await;
    let poor = "Bad Request: BALANCE_TOO_LOW";
    shop.telegram
        .next("refundStarPayment", Answer::failure(2, 400, poor));
    let buyer = shop.buyer(76, "en").await;
    let order = buyer.buy("guide", 40).await;
    buyer.sees(&order, Stage::Delivered).await;
    told(&shop, &["order", "refund", &order.id], 0).await;
    let to_owner = |call: &crate::support::Call| call.body["chat_id"] == 901;
    let warning = shop.telegram.call_where("sendMessage", to_owner).await.body;
    assert!(
        warning["text"]
            .as_str()
            .unwrap()
            .contains("1 of them, 40 Stars"),
        "{warning}"
    );
    buyer.sees(&order, Stage::Refunded).await;
    assert_eq!(shop.telegram.calls("refundStarPayment").len(), 3);
    let told_owner = shop.telegram.calls("sendMessage");
    assert_eq!(told_owner.iter().filter(|call| to_owner(call)).count(), 1);
}

#[tokio::test]
async fn a_chargeback_takes_the_goods_back_and_the_owner_is_told() {
    let shop = TestShop::open_with(|settings| settings.with("STARFRONT_OWNERS", "902")).await;
    let buyer = shop.buyer(77, "en").await;
    let order = buyer.order("guide", 40).await;
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.update(
        &json!({"update_id": FakeTelegram::next_number(), "message": {
            "message_id": 9, "date": 1_795_000_000, "chat": {"id": 77, "type": "private"},
            "from": {"id": 4242, "is_bot": true, "first_name": "Night"},
            "refunded_payment": {"currency": "XTR", "total_amount": 40, "invoice_payload": order.id,
                                 "telegram_payment_charge_id": charge},
        }}),
    )
    .await;
    buyer.sees(&order, Stage::Refunded).await;
    let to_owner = |call: &crate::support::Call| call.body["chat_id"] == 902;
    let warning = shop.telegram.call_where("sendMessage", to_owner).await.body;
    assert!(
        warning["text"]
            .as_str()
            .unwrap()
            .contains("“A Guide” was given back"),
        "{warning}"
    );
    let which = format!("Charge {charge}, order {}, buyer 77", order.id);
    assert!(
        warning["text"].as_str().unwrap().contains(&which),
        "{warning}"
    );
    assert!(shop.telegram.calls("refundStarPayment").is_empty());
    assert!(!shop.log().contains("a refund differs from the charge"));
}
