#![no_main]

#[path = "../src/payload.rs"]
mod payload;

libfuzzer_sys::fuzz_target!(|text: &str| payload::holds(text));
