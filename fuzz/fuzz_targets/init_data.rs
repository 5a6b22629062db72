#![no_main]

#[path = "../src/init_data.rs"]
mod init_data;

libfuzzer_sys::fuzz_target!(|raw: &str| init_data::holds(raw));
