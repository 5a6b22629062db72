//! Telegram's door.

use std::time::Duration;

use app::api::Stage;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Answer, FakeTelegram, Raw, TestShop, eventually};

#[tokio::test]
async fn only_telegram_gets_in() {
    let shop = TestShop::open().await;
    let update = TestShop::written(1, "/help");
    let secret = shop.telegram.webhook_secret().await;
    assert!(secret.len() >= 32);
    let mut wrong = secret.clone();
    wrong.replace_range(0..1, if secret.starts_with('0') { "1" } else { "0" });
    for given in ["", "wrong", &wrong] {
        let request = shop.http.post(shop.url("/telegram/webhook")).json(&update);
        let request = request.header("x-telegram-bot-api-secret-token", given);
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::UNAUTHORIZED
        );
    }
    let request = shop.http.post(shop.url("/telegram/webhook")).json(&update);
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    let looked = shop.get("/telegram/webhook").send().await.unwrap();
    assert_eq!(looked.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(shop.telegram.calls("sendMessage").is_empty());
    // The right one does, so the cases above failed for the secret alone.
    assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    shop.telegram.call("sendMessage").await;
}

#[tokio::test]
async fn what_is_no_update_is_refused() {
    let shop = TestShop::open().await;
    let secret = shop.telegram.webhook_secret().await;
    let post = |body: &'static str| {
        let request = shop.http.post(shop.url("/telegram/webhook")).body(body);
        request
            .header("x-telegram-bot-api-secret-token", &secret)
            .send()
    };
    for body in ["", "{", "nonsense"] {
        let answer = post(body).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let answer = shop.announce("/telegram/webhook", 2 << 20).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    // What has no number cannot be worked, and is kept.
    let body = r#"{"message": {}}"#;
    assert_eq!(post(body).await.unwrap().status(), StatusCode::OK);
    const KEPT: &str = r#"SELECT COUNT(*) FROM inbox WHERE state = 'dead'
        AND why = 'no_update_id' AND raw = '{"message": {}}'"#;
    assert_eq!(Raw::open(&shop).await.count(KEPT).await, 1);
}

/// What Telegram invents is kept as it came, and each start tries it again.
#[tokio::test]
async fn what_is_not_known_yet_is_kept() {
    const KEPT: &str = r#"SELECT COUNT(*) FROM inbox WHERE state = 'parked'
        AND ((why = 'unknown_kind' AND raw LIKE '%"crystal_ball":{"sees":"rain"}%')
          OR (why = 'unknown_state' AND raw LIKE '%"state":"enchanted"%'))"#;
    let mut shop = TestShop::open().await;
    let unknown = json!({"update_id": 5, "crystal_ball": {"sees": "rain"}});
    assert_eq!(shop.update(&unknown).await.status(), StatusCode::OK);
    let unknown = json!({"update_id": 6, "subscription": {
        "user": {"id": 8, "is_bot": false, "first_name": "W"}, "invoice_payload": "x",
        "state": "enchanted"}});
    assert_eq!(shop.update(&unknown).await.status(), StatusCode::OK);
    let mut raw = Raw::open(&shop).await;
    is_counted(&mut raw, KEPT, 2).await;

    let (code, _) = shop.process().stop().await;
    assert_eq!(code, Some(0));
    raw.run("UPDATE inbox SET tries = 7").await;
    shop.start();
    shop.ready().await;
    shop.logged("updates that were not understood are worked again")
        .await;
    is_counted(&mut raw, KEPT, 2).await;
    let tried = "SELECT COUNT(*) FROM inbox WHERE tries = 1";
    is_counted(&mut raw, tried, 2).await;
}

async fn is_counted(raw: &mut Raw, query: &'static str, wanted: i64) {
    let raw = tokio::sync::Mutex::new(raw);
    eventually(query, || async {
        (raw.lock().await.count(query).await == wanted).then_some(())
    })
    .await;
}

/// Money is booked in whatever chat it is told. Of nobody it cannot be, and a person is told.
#[tokio::test]
async fn money_is_taken_in_from_any_chat() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(15, "en").await;
    let order = buyer.order("guide", 40).await;
    let mut paid = buyer.paid_update(&order.id, 40, "charge-in-group");
    paid["message"]["chat"] = json!({"id": -500, "type": "supergroup"});
    assert_eq!(shop.update(&paid).await.status(), StatusCode::OK);
    buyer.sees(&order, Stage::Delivered).await;

    let other = buyer.order("set", 90).await;
    let mut paid = buyer.paid_update(&other.id, 90, "charge-of-nobody");
    paid["message"].as_object_mut().unwrap().remove("from");
    assert_eq!(shop.update(&paid).await.status(), StatusCode::OK);
    let line = shop.logged("an update was put aside").await;
    assert_eq!(line["error.code"], "money_of_nobody");

    let person = json!({"id": 15, "is_bot": false, "first_name": "W"});
    let group = json!({"id": -500, "type": "supergroup"});
    shop.update(&back_update("charge-in-group", &group, &person))
        .await;
    buyer.sees(&order, Stage::Refunded).await;
}

/// Telegram says that a charge went back.
fn back_update(charge: &str, chat: &Value, from: &Value) -> Value {
    json!({"update_id": FakeTelegram::next_number(), "message": {
        "message_id": 10, "date": 1_795_000_000, "chat": chat, "from": from,
        "refunded_payment": {"currency": "XTR", "total_amount": 40, "invoice_payload": "x",
                             "telegram_payment_charge_id": charge},
    }})
}

/// Money that goes back is booked as its buyer's although the bot tells of it, and as nobody's where
/// the message does not show whose it is.
#[tokio::test]
async fn money_back_is_the_buyers_and_not_the_bots() {
    let shop = TestShop::open().await;
    let bot = json!({"id": 4242, "is_bot": true, "first_name": "Night"});
    let group = json!({"id": -500, "type": "supergroup"});
    let private = json!({"id": 19, "type": "private", "first_name": "W"});
    let mut raw = Raw::open(&shop).await;

    shop.update(&back_update("untold-alone", &private, &bot))
        .await;
    const ALONE: &str = "SELECT COUNT(*) FROM charge
        WHERE id = 'untold-alone' AND state = 'refunded' AND buyer = 19";
    is_counted(&mut raw, ALONE, 1).await;

    shop.update(&back_update("untold-in-group", &group, &bot))
        .await;
    const DONE: &str = "SELECT COUNT(*) FROM inbox
        WHERE state = 'done' AND raw LIKE '%untold-in-group%'";
    is_counted(&mut raw, DONE, 1).await;
    const IN_GROUP: &str = "SELECT COUNT(*) FROM charge WHERE id = 'untold-in-group'";
    assert_eq!(raw.count(IN_GROUP).await, 0);

    // Of what is booked, our own row knows whose it is.
    let buyer = shop.buyer(19, "en").await;
    let order = buyer.order("guide", 40).await;
    let charge = buyer.paid(&order).await;
    buyer.sees(&order, Stage::Delivered).await;
    shop.update(&back_update(&charge, &group, &bot)).await;
    buyer.sees(&order, Stage::Refunded).await;
}

/// A change of a subscription that comes before its payment waits for it, and keeps it not waiting.
#[tokio::test]
async fn a_change_waits_for_the_payment_that_it_is_about() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(16, "en").await;
    let order = buyer.order("club", 25).await;
    let stopped = json!({"update_id": FakeTelegram::next_number(), "subscription": {
        "user": {"id": 16, "is_bot": false, "first_name": "W"}, "invoice_payload": order.id,
        "state": "canceled"}});
    assert_eq!(shop.update(&stopped).await.status(), StatusCode::OK);
    let line = shop.logged("tried again later").await;
    assert_eq!(line["error.code"], "not_paid_yet");
    buyer.paid(&order).await;
    eventually("the stop", || async {
        let told = shop.run(&["subscription", "show", &order.id]).await;
        let told = String::from_utf8(told.stdout).unwrap();
        told.contains("does not renew").then_some(())
    })
    .await;
}

/// The order of the two cannot be told from the outside while all is well: so here it is not.
#[tokio::test]
async fn an_update_is_answered_when_it_is_stored() {
    let shop = TestShop::open().await;
    let update = TestShop::written(17, "/help");
    let mut raw = Raw::open(&shop).await;
    raw.run(
        "CREATE TRIGGER refuse BEFORE INSERT ON inbox
         BEGIN SELECT RAISE(ABORT, 'nothing is stored now'); END",
    )
    .await;
    for _ in 0..3 {
        let answer = shop.update(&update).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
    raw.run("DROP TRIGGER refuse").await;
    assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    assert_eq!(raw.count("SELECT COUNT(*) FROM inbox").await, 1);

    // While another writes, it cannot be stored: there is no answer until it is.
    raw.run("BEGIN IMMEDIATE").await;
    let second = TestShop::written(18, "/help");
    let answered = shop.update(&second);
    tokio::pin!(answered);
    let arrived = async {
        let two = r#"telegram_updates_total{kind="message"} 5"#;
        eventually(two, || async {
            let told = shop.get("/metrics").send().await.ok()?.text().await.ok()?;
            told.contains(two).then_some(())
        })
        .await;
        // An answer that waited for nothing would be here before these.
        for _ in 0..10 {
            shop.get("/healthz").send().await.unwrap();
        }
    };
    tokio::select! {
        biased;
        answer = &mut answered => panic!("answered before it was stored: {answer:?}"),
        () = arrived => {}
    }
    raw.run("ROLLBACK").await;
    assert_eq!(answered.await.status(), StatusCode::OK);
    const STORED: &str = "SELECT COUNT(*) FROM inbox WHERE queue = 'chat:18'";
    assert_eq!(raw.count(STORED).await, 1);
}

#[tokio::test]
async fn an_update_that_comes_twice_is_worked_once() {
    let shop = TestShop::open().await;
    let update = TestShop::written(1, "/help");
    for _ in 0..3 {
        assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    }
    // Another one behind them in the same chat: when it is answered, they are through.
    shop.update(&TestShop::written(1, "/terms")).await;
    shop.telegram
        .call_where("sendMessage", |call| {
            call.body.to_string().contains("Terms of sale")
        })
        .await;
    assert_eq!(shop.telegram.calls("sendMessage").len(), 2);
}

#[tokio::test]
async fn an_answered_update_survives_a_crash() {
    let mut shop = TestShop::open().await;
    shop.telegram
        .next("sendMessage", Answer::failure(99, 502, "Bad Gateway"));
    let update = TestShop::written(7, "/help");
    assert_eq!(shop.update(&update).await.status(), StatusCode::OK);
    // Between two tries, a second apart at least, it is not leased: the lease of a process that
    // died would have to run out first.
    shop.logged("tried again later").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    shop.process().kill().await;
    let before = shop.telegram.calls("sendMessage").len();
    shop.telegram.recover();
    shop.start();
    shop.ready().await;
    let calls = shop.telegram.called("sendMessage", before + 1).await;
    assert_eq!(calls.last().unwrap().body["chat_id"], 7);
}

#[tokio::test]
async fn the_bot_knows_its_commands() {
    let shop = TestShop::open().await;
    for (command, part) in [
        ("/start", "Night Window"),
        ("/start p_guide", "A Guide"),
        ("/paysupport", "Write to us."),
        ("/terms", "Be <b>kind</b>."),
        ("/privacy", "not written"),
        ("/help", "/paysupport"),
        ("hello", "/help"),
    ] {
        shop.update(&TestShop::written(3, command)).await;
        let said = |call: &crate::support::Call| call.body["text"].as_str().unwrap().contains(part);
        let call = shop.telegram.call_where("sendMessage", said).await;
        let button = &call.body["reply_markup"]["inline_keyboard"][0][0]["web_app"]["url"];
        assert!(
            button.as_str().unwrap().starts_with(&shop.url("/")),
            "{command}"
        );
    }
}

#[tokio::test]
async fn telegram_is_told_what_the_bot_is() {
    let shop = TestShop::open().await;
    let hook = shop.telegram.call("setWebhook").await.body;
    assert_eq!(hook["url"], shop.url("/telegram/webhook"));
    let kinds = hook["allowed_updates"].as_array().unwrap();
    assert!(kinds.contains(&json!("pre_checkout_query")));
    let menu = shop.telegram.call("setChatMenuButton").await.body;
    assert_eq!(menu["menu_button"]["web_app"]["url"], shop.url("/"));
    let commands = shop.telegram.called("setMyCommands", 2).await;
    assert_eq!(commands[0].body["commands"].as_array().unwrap().len(), 5);
    assert_eq!(commands[1].body["language_code"], "ru");
    let described = shop.telegram.called("setMyDescription", 2).await;
    assert!(
        described[1].body["description"]
            .as_str()
            .unwrap()
            .contains("Ночное окно")
    );
}
