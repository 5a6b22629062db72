//! How fast launch data is checked, against the two bare HMACs that no check can do without.
//!
//! `cargo bench -p telegram` prints checks per second, HMAC pairs per second, and their ratio,
//! measured in turns in the same run so that a slow moment of the machine hits both.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use telegram::{
    BotToken,
    init_data::{AgeLimits, check_hmac, sign_hmac},
};

/// Turns of each; the median is told.
const TURNS: usize = 15;
/// Length of a turn.
const TURN: Duration = Duration::from_millis(200);
/// When the launch data was made, and "now", in seconds since 1970.
const NOW: i64 = 1_800_000_000;

/// What a real launch from a direct link carries.
const USER: &str = r#"{"id":123456789,"first_name":"Mila","last_name":"Фонарь","username":"mila","language_code":"en","is_premium":true,"allows_write_to_pm":true,"photo_url":"https:\/\/t.me\/i\/userpic\/320\/abcdefghijklmnopqrstuvwxyz0123456789.svg"}"#;

fn main() {
    let token = BotToken::parse("42:TEST-TOKEN-FOR-A-BENCHMARK").expect("the token is well formed");
    let date = NOW.to_string();
    let pairs = [
        ("user", USER),
        ("chat_instance", "-3788475317572404878"),
        ("chat_type", "private"),
        ("start_param", "p_lantern-foxes"),
        ("auth_date", date.as_str()),
    ];
    let raw = sign_hmac(&pairs, &token).expect("the pairs can be signed");
    let ages = AgeLimits::with_max_age(3600);
    let message = pairs
        .map(|(key, value)| format!("{key}={value}"))
        .join("\n");

    let (mut checks, mut hmacs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        checks.push(per_second(|| {
            let checked = check_hmac(black_box(&raw), &token, NOW, &ages);
            black_box(checked.expect("the launch data is good"));
        }));
        hmacs.push(per_second(|| {
            black_box(two_hmacs(black_box(message.as_bytes())));
        }));
    }
    let (checks, hmacs) = (median(checks), median(hmacs));
    println!(
        "launch data of {} bytes, medians of {TURNS} turns",
        raw.len()
    );
    println!("checks per second:     {checks:>10.0}");
    println!("bare two HMACs:        {hmacs:>10.0}");
    println!("ratio:                 {:>10.2}", checks / hmacs);
}

/// The key from the token, and the hash of the check string under it.
fn two_hmacs(message: &[u8]) -> Vec<u8> {
    let hmac = |key: &[u8], message: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
        mac.update(message);
        mac.finalize().into_bytes().to_vec()
    };
    hmac(
        &hmac(b"WebAppData", b"42:TEST-TOKEN-FOR-A-BENCHMARK"),
        message,
    )
}

fn per_second(mut work: impl FnMut()) -> f64 {
    let started = Instant::now();
    let mut times = 0_u32;
    while started.elapsed() < TURN {
        for _ in 0..100 {
            work();
        }
        times += 100;
    }
    f64::from(times) / started.elapsed().as_secs_f64()
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
