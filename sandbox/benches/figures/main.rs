//! How fast and how large the sandbox is: Bot API calls and webhook deliveries a second, against
//! something bare that does the same bytes in the same run; start-up and memory, empty and with a
//! busy shop's past in it.
//!
//! Everything runs as a program of its own, as it would on a desk. The bare ones are this very
//! program under another name: see [`bare`].

// A measurement that fails has nothing to say but where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod bare;
mod calls;
mod deliveries;
mod desk;
mod wire;
mod world;

use std::time::Duration;

/// Token of the bot that everything is about.
const TOKEN: &str = "42:figures";

#[tokio::main]
async fn main() {
    // The HTTP client asks for it, although nothing here is encrypted.
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some(bare::ANSWER) => bare::answer().await,
        Some(bare::DELIVER) => bare::deliver(arguments.next(), arguments.next()).await,
        _ => {
            calls::measure().await;
            deliveries::measure().await;
            world::measure().await;
        }
    }
}

/// Says how fast two things go, and what one is of the other.
fn compare(what: &str, ours: f64, bare: f64) {
    let ratio = ours / bare;
    println!("{what}: {ours:.0} a second, bare {bare:.0} a second, {ratio:.2}×");
}

/// The middle one of some durations, in milliseconds.
fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}
