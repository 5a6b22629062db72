//! frankenstein against the sandbox: prints each outcome as a line of JSON.

mod checks;
mod desk;
mod hook;
mod world;

use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use world::World;

/// How a check went: `Err` holds why the client can't do it.
type Outcome = Result<(), &'static str>;
/// A check with its line in checks.txt.
type Check = (&'static str, fn(&mut World) -> Outcome);

fn main() -> ExitCode {
    let url = std::env::var("SANDBOX").expect("SANDBOX holds the sandbox's address");
    println!(
        "{}",
        json!({ "client": "frankenstein", "version": "0.52.1" })
    );
    let mut world = World::new(&url);
    let mut all_is_well = true;
    for (name, check) in checks::all() {
        let line = match catch_unwind(AssertUnwindSafe(|| check(&mut world))) {
            Ok(Ok(())) => json!({ "check": name, "outcome": "passed" }),
            Ok(Err(why)) => json!({ "check": name, "outcome": "skipped", "why": why }),
            Err(cause) => {
                all_is_well = false;
                json!({ "check": name, "outcome": "failed", "why": words(&*cause) })
            }
        };
        println!("{line}");
    }
    if all_is_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn words(cause: &(dyn std::any::Any + Send)) -> Value {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    json!(
        text.or(cause.downcast_ref::<&str>().copied())
            .unwrap_or("?")
    )
}
