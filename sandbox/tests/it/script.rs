//! Scripts: the same again, byte for byte.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::support::bot::{Manner, TestBot};
use crate::support::{Desk, TOKEN, until};
use sandbox::jump;
use sandbox::sandbox::{Config, Sandbox, Shared};
use sandbox::{kept, work};
use serde_json::{Value, json};

/// A busy month of 10 000 mixed events.
const BUSY: &str = "token = \"7001:busy\"\nseed = 42\n\n[[steps]]\nat = 60\ndo = \"random\"\n\
                    events = 10_000\nover_seconds = 2_592_000\nbuyers = 30\n";
const DAY: u64 = 86_400;

/// A file of this test's own.
pub(crate) fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("starfront-sandbox-{}-{name}", std::process::id()))
}

fn begin(name: &str, script: &str, state: Option<PathBuf>) -> Shared {
    let path = temporary(name);
    std::fs::write(&path, script).unwrap();
    let config = Config {
        seed: Some(7),
        start_time: Some(1_800_000_000),
        script: Some(path.clone()),
        state_path: state,
        ..Config::default()
    };
    let (sandbox, jobs) = Sandbox::new(config).unwrap();
    tokio::spawn(work::run(sandbox.clone(), jobs));
    std::fs::remove_file(path).unwrap();
    sandbox
}

fn ledger(sandbox: &Shared) -> Vec<Value> {
    let state = sandbox.state();
    let rows = state.bots[&7001].ledger.rows().iter();
    rows.map(sandbox::ledger::Row::to_api).collect()
}

#[tokio::test]
async fn ten_thousand_mixed_events_give_the_same_ledger_twice() {
    let state = temporary("busy-state.json");
    let mut ledgers = Vec::new();
    for name in ["busy-once.toml", "busy-twice.toml"] {
        let sandbox = begin(name, BUSY, None);
        jump::advance(&sandbox, 75 * DAY).await;
        ledgers.push(serde_json::to_string(&ledger(&sandbox)).unwrap());
    }
    assert!(ledgers[0] == ledgers[1], "two runs differ");
    // A third run stops half-way and continues from its file, in other steps of time.
    let first = begin("busy-half.toml", BUSY, Some(state.clone()));
    jump::advance(&first, 20 * DAY).await;
    kept::save(&first).unwrap();
    first.lock.as_ref().unwrap().release().unwrap();
    let second = begin("busy-rest.toml", BUSY, Some(state.clone()));
    for _ in 0..55 {
        jump::advance(&second, DAY).await;
    }
    let rest = serde_json::to_string(&ledger(&second)).unwrap();
    assert!(ledgers[0] == rest, "a pause makes a difference");
    std::fs::remove_file(&state).unwrap();
    std::fs::remove_file(state.with_extension("json.lock")).unwrap();
    check_books(&second);
}

/// The books of a busy month add up.
fn check_books(sandbox: &Shared) {
    let rows = ledger(sandbox);
    assert!(rows.len() > 5_000, "{} rows", rows.len());
    let nanos = |row: &Value| {
        let whole = i128::from(row["amount"].as_i64().unwrap());
        let part = i128::from(row["nanostar_amount"].as_i64().unwrap_or(0));
        let amount = whole * 1_000_000_000 + part;
        assert!(amount > 0 && part >= 0);
        if row.get("source").is_some() {
            amount
        } else {
            -amount
        }
    };
    let sum: i128 = rows.iter().map(nanos).sum();
    let state = sandbox.state();
    let balance = state.bots[&7001].ledger.balance();
    let balance = i128::from(balance.whole()) * 1_000_000_000 + i128::from(balance.nanos());
    assert_eq!(sum, balance);
    let dates: Vec<_> = rows
        .iter()
        .map(|row| row["date"].as_i64().unwrap())
        .collect();
    assert!(dates.is_sorted());
    let mut seen = HashSet::new();
    for row in &rows {
        let id = row["id"].as_str().unwrap();
        let is_in = row.get("source").is_some();
        assert!(seen.insert((id, is_in)), "{id} twice");
        let is_refund = row["receiver"]["type"] == "user";
        assert!(
            !is_refund || seen.contains(&(id, true)),
            "a refund of nothing"
        );
    }
    let with = |what: fn(&Value) -> bool| rows.iter().filter(|row| what(row)).count();
    assert!(with(|row| row.get("nanostar_amount").is_some()) > 100);
    assert!(with(|row| row["receiver"]["type"] == "user") > 100);
    assert!(
        with(|row| row["source"].get("subscription_period").is_some()) > state.subscriptions.len()
    );
}

#[tokio::test]
async fn a_script_drives_a_living_bot() {
    let desk = Desk::start().await;
    let bot = TestBot::start(&desk, Manner::Approve).await;
    desk.invoice(30, "order-1").await;
    desk.invoice(40, "order-2").await;
    let script = json!({ "token": TOKEN, "steps": [
        { "do": "user", "name": "Ada", "stars": 100 },
        { "at": 10, "do": "message", "user": "Ada", "text": "/start" },
        { "at": 20, "do": "pay", "user": "Ada" },
        { "at": 30, "do": "pay", "user": "Ada", "payload": "order-1", "outcome": "double_update" },
        { "at": 40, "do": "chargeback", "user": "Ada" },
        { "at": 50, "do": "pay", "user": "Ada", "payload": "nothing of the kind" },
        { "at": 60, "do": "faults", "faults": { "webhook": { "outage": true } } },
        { "at": 70, "do": "message", "user": "Ada", "text": "unheard" },
        { "at": 86_480, "do": "faults", "faults": {} },
        { "at": 86_490, "do": "update", "kind": "of_the_future", "payload": {} },
    ]});
    assert_eq!(desk.post("/script", script).await.1["steps"], 10);
    desk.advance(86_400 + 200).await;
    until("the last", async || bot.of_kind("of_the_future").len() == 1).await;
    let payloads: Vec<_> = bot
        .payments()
        .iter()
        .map(|p| p["invoice_payload"].clone())
        .collect();
    assert_eq!(payloads, ["order-2", "order-1", "order-1"]);
    assert_eq!(bot.with_field("refunded_payment").len(), 1);
    assert_eq!(
        bot.texts(),
        ["/start"],
        "an outage of a day loses the other"
    );
    assert_eq!(desk.ledger().await["balance"], 40);
    let wrong = json!({ "token": TOKEN, "steps": [{ "do": "fly" }] });
    assert_eq!(
        desk.post("/script", wrong).await.1["error"]["code"],
        "script_step_invalid"
    );
}
