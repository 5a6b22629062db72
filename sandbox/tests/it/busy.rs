//! Busy days with a bot that listens: whatever goes wrong on the way, the same ledger twice.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex};

use crate::script::temporary;
use crate::support::{Desk, TOKEN, invoice};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use sandbox::event::Event;
use sandbox::sandbox::Config;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Six days of 2000 mixed events, and payments at the end that meet what chance may have left out.
const BUSY: &str = r#"
seed = 42

[[steps]]
at = 60
do = "random"
events = 2_000
over_seconds = 518_400
buyers = 20

[[steps]]
at = 540_000
do = "user"
name = "Ada"
stars = 5_000

[[steps]]
at = 540_000
do = "faults"
[steps.faults]
methods = [{ method = "refundStarPayment", error_code = 500, executed = true, count = 1 }]
payments = [{ outcome = "cancelled_but_paid", count = 1 }]
updates = [{ kind = "successful_payment", action = "unknown_fields", count = 1 }]

[[steps]]
at = 540_010
every = 10
times = 25
do = "pay"
user = "Ada"
"#;

/// A bot that sells, thanks, gives every twentieth payment back, and tries again what fails.
struct Shop {
    http: reqwest::Client,
    api: String,
    seen: Mutex<Seen>,
}

/// What happened, by name, and what the shop remembers.
#[derive(Default)]
struct Seen {
    counts: BTreeMap<String, usize>,
    update_ids: HashSet<i64>,
    charges: HashSet<String>,
    newest_date: i64,
}

impl Shop {
    fn note(&self, what: &str) {
        let mut seen = self.seen.lock().unwrap();
        *seen.counts.entry(what.to_owned()).or_default() += 1;
    }

    /// Calls until the answer is a plain yes or no.
    async fn call(&self, method: &str, params: Value) {
        let url = format!("{}/{method}", self.api);
        loop {
            let sent = self.http.post(&url).json(&params).send().await;
            let answer = match sent {
                Ok(answer) => answer.json::<Value>().await,
                Err(broken) => Err(broken),
            };
            let Ok(answer) = answer else {
                self.note("call cut");
                continue;
            };
            let code = answer["error_code"].as_i64().unwrap_or(200);
            match code {
                429 => assert!(answer["parameters"]["retry_after"].is_u64()),
                500.. => {}
                _ => {
                    let why = answer["description"].as_str().unwrap_or("fine");
                    if let Some(why) = answer["result"]["last_error_message"].as_str() {
                        self.note(&format!("delivery: {why}"));
                    }
                    return self.note(&format!("{method}: {why}"));
                }
            }
            self.note(&format!("call {code}"));
        }
    }

    /// Notes what can be told of an update by its looks.
    fn look_at(&self, update: &Value) {
        let message = &update["message"];
        let mut what = Vec::new();
        {
            let mut seen = self.seen.lock().unwrap();
            if !seen
                .update_ids
                .insert(update["update_id"].as_i64().unwrap())
            {
                what.push("again");
            }
            let date = message["date"].as_i64().unwrap_or(i64::MAX);
            if date < seen.newest_date {
                what.push("out of order");
            } else if date < i64::MAX {
                seen.newest_date = date;
            }
        }
        if message.get("sandbox_unknown_field").is_some() {
            what.push("unknown field");
        }
        if message.get("refunded_payment").is_some() {
            what.push("refunded");
        }
        if update["subscription"]["state"] == "failed" {
            what.push("failed renewal");
        }
        let payment = &message["successful_payment"];
        if payment["is_recurring"] == true && payment.get("is_first_recurring").is_none() {
            what.push("renewal");
        }
        what.into_iter().for_each(|what| self.note(what));
    }
}

async fn receive(
    State(shop): State<Arc<Shop>>,
    axum::Json(update): axum::Json<Value>,
) -> StatusCode {
    shop.look_at(&update);
    if let Some(query) = update.get("pre_checkout_query") {
        let answer = json!({ "pre_checkout_query_id": query["id"], "ok": true });
        shop.call("answerPreCheckoutQuery", answer).await;
    }
    if update["message"].get("text").is_some() {
        shop.call("getWebhookInfo", json!({})).await;
    }
    let payment = &update["message"]["successful_payment"];
    let Some(charge) = payment["telegram_payment_charge_id"].as_str() else {
        return StatusCode::OK;
    };
    let user = &update["message"]["from"]["id"];
    let count = {
        let mut seen = shop.seen.lock().unwrap();
        seen.charges
            .insert(charge.to_owned())
            .then_some(seen.charges.len())
    };
    if count.is_some_and(|count| count % 20 == 0) {
        let refund = json!({ "user_id": user, "telegram_payment_charge_id": charge });
        shop.call("refundStarPayment", refund).await;
    } else if count.is_some() {
        let thanks = json!({ "chat_id": user, "text": "Thank you" });
        shop.call("sendMessage", thanks).await;
    }
    StatusCode::OK
}

/// Lives through the days and the renewals after it: the ledger, and what happened.
async fn live_through(name: &str) -> (Value, BTreeMap<String, usize>) {
    let path = temporary(name);
    std::fs::write(&path, format!("token = \"{TOKEN}\"\n{BUSY}")).unwrap();
    let desk = Desk::with(Config {
        seed: Some(7),
        start_time: Some(1_800_000_000),
        script: Some(path.clone()),
        ..Config::default()
    })
    .await;
    std::fs::remove_file(path).unwrap();
    let shop = Arc::new(Shop {
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
        api: desk.url(&format!("/bot{TOKEN}")),
        seen: Mutex::default(),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let app = Router::new()
        .route("/", post(receive))
        .with_state(shop.clone());
    let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    desk.call("createInvoiceLink", invoice(25, "of the shop"))
        .await;
    // One request at a time: the order of the shop's own refunds is then a matter of the seed.
    let hook = json!({ "url": url, "max_connections": 1 });
    desk.call("setWebhook", hook).await;
    let watching = watch(&desk, shop.clone());
    desk.advance(45 * 86_400).await;
    watching.abort();
    serving.abort();
    let ledger = desk.ledger().await;
    let rows = ledger["transactions"].as_array().unwrap().iter();
    let sold = rows.filter(|row| row["source"]["transaction_type"] == "invoice_payment");
    let mut seen = shop.seen.lock().unwrap();
    let unheard = sold.filter(|row| !seen.charges.contains(row["id"].as_str().unwrap()));
    let lost = unheard.count();
    seen.counts.insert("never heard of".to_owned(), lost);
    (ledger, std::mem::take(&mut seen.counts))
}

/// Counts how payments end.
fn watch(desk: &Desk, shop: Arc<Shop>) -> tokio::task::JoinHandle<()> {
    let mut events = desk.running.sandbox.events();
    tokio::spawn(async move {
        loop {
            match events.recv().await {
                Ok(Event::Payment { status, .. }) => shop.note(&format!("payment {status}")),
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
                _ => {}
            }
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_meets_every_fault_ends_with_the_same_ledger_twice() {
    let runs =
        ["busy-bot-once.toml", "busy-bot-twice.toml"].map(|name| tokio::spawn(live_through(name)));
    let mut ends = Vec::new();
    for run in runs {
        ends.push(run.await.unwrap());
    }
    let (ledger, counts) = &ends[0];
    assert!(ledger["transactions"].as_array().unwrap().len() > 1_500);
    for what in [
        "again",
        "answerPreCheckoutQuery: fine",
        "call 429",
        "call 500",
        "call cut",
        "delivery: Connection refused",
        "delivery: Read timeout expired",
        "failed renewal",
        "never heard of",
        "out of order",
        "payment cancelled",
        "payment failed",
        "payment paid",
        "payment pending",
        "refundStarPayment: Bad Request: CHARGE_ALREADY_REFUNDED",
        "refundStarPayment: fine",
        "refunded",
        "renewal",
        "sendMessage: Forbidden: bot was blocked by the user",
        "unknown field",
    ] {
        assert!(
            counts.get(what).is_some_and(|count| *count > 0),
            "no {what}: {counts:?}"
        );
    }
    let text = |at: usize| serde_json::to_string(&ends[at].0).unwrap();
    let rows = |at: usize| ends[at].0["transactions"].as_array().unwrap();
    let differs = rows(0).iter().zip(rows(1)).find(|(one, two)| one != two);
    assert!(text(0) == text(1), "two runs differ, first in {differs:?}");
}
