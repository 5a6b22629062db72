#![no_main]

#[path = "../src/update.rs"]
mod update;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| update::holds(bytes));
