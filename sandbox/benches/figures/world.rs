//! Start-up and memory: empty, and with a busy shop's past.

use std::fmt::Write;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::{TOKEN, median_ms};

/// Users of the busy shop.
const USERS: i64 = 10_000;
/// Charges of each.
const EACH: i64 = 10;
/// Id of the first user.
const FIRST_USER: i64 = 100_001;
/// How often a start is measured.
const STARTS: usize = 9;
/// Lets the memory of the start-up come to rest.
const REST: Duration = Duration::from_secs(1);

/// Empty, full by a script, and full from its file.
pub(crate) async fn measure() {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let sandbox = Desk::sandbox(&[]).await;
        times.push(sandbox.started_in);
        sandbox.stop().await;
    }
    println!("start-up, empty: {:.0} ms", median_ms(times));
    let sandbox = Desk::sandbox(&[]).await;
    tokio::time::sleep(REST).await;
    report_memory("memory, empty", &sandbox);
    sandbox.stop().await;
    measure_full().await;
}

async fn measure_full() {
    let folder = std::env::temp_dir().join(format!("starfront-figures-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (script, state) = (folder.join("past.json"), folder.join("state.json"));
    std::fs::write(&script, past()).unwrap();
    let (script, state) = (script.to_str().unwrap(), state.to_str().unwrap());
    let started = [
        "--start-time",
        "1800000000",
        "--state",
        state,
        "--script",
        script,
    ];
    let sandbox = Desk::sandbox(&started).await;
    let begun = Instant::now();
    sandbox
        .post("/api/clock", &json!({ "advance_seconds": EACH }))
        .await;
    let seconds = begun.elapsed().as_secs_f64();
    println!("playing 10 000 users and 100 000 charges: {seconds:.1} s");
    forget_updates(&sandbox).await;
    tokio::time::sleep(REST).await;
    report_memory("memory, 10 000 users and 100 000 charges", &sandbox);
    let begun = Instant::now();
    sandbox.stop().await;
    let seconds = begun.elapsed().as_secs_f64();
    let megabytes = std::fs::metadata(state).unwrap().len() as f64 / 1_000_000.0;
    println!("state file: {megabytes:.0} MB, kept in {seconds:.1} s when it stops");
    let sandbox = Desk::sandbox(&["--state", state]).await;
    let ms = sandbox.started_in.as_secs_f64() * 1000.0;
    println!("start-up, from that file: {ms:.0} ms");
    let balance = sandbox.call("getMyStarBalance", &json!({})).await;
    assert_eq!(balance["amount"], USERS * EACH, "everybody paid");
    tokio::time::sleep(REST).await;
    report_memory("memory, from that file", &sandbox);
    sandbox.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}

/// A script in which everybody buys something each second.
fn past() -> String {
    let mut steps = String::new();
    for number in 0..USERS {
        let (name, user) = (format!("Buyer {number}"), FIRST_USER + number);
        let comma = if number == 0 { "" } else { "," };
        write!(
            steps,
            r#"{comma}{{"do":"user","name":"{name}","stars":100}},
{{"do":"sell","user":{user},"stars":1,"payload":"order-{number}","every":1,"times":{EACH}}}"#
        )
        .unwrap();
    }
    format!(r#"{{"token":"{TOKEN}","steps":[{steps}]}}"#)
}

/// The bot takes its updates, all at once.
async fn forget_updates(sandbox: &Desk) {
    let last = sandbox.call("getUpdates", &json!({ "offset": -1 })).await;
    if let Some(id) = last[0]["update_id"].as_i64() {
        let rest: Value = sandbox
            .call("getUpdates", &json!({ "offset": id + 1 }))
            .await;
        assert_eq!(rest, json!([]));
    }
}

fn report_memory(what: &str, sandbox: &Desk) {
    match sandbox.memory_mb() {
        Some(megabytes) => println!("{what}: {megabytes:.1} MB"),
        None => println!("{what}: only Linux tells"),
    }
}
