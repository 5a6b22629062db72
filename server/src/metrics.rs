//! Numbers for Prometheus. Labels are fixed sets: routes by template, codes, never ids.

use std::time::Duration;

use axum::http::Method;
use metrics::{counter, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Bounds of the time histograms, in seconds; Telegram's 10 s for a pre-checkout is the last.
const SECONDS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// Starts counting. Once per process.
pub fn start() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
        .install_recorder()
}

/// A request was answered.
pub fn request(method: &Method, route: &str, status: u16, elapsed: Duration) {
    let labels = [
        ("method", known_method(method).to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    counter!("http_requests_total", &labels).increment(1);
    let labels = [("route", route.to_owned())];
    histogram!("http_request_seconds", &labels).record(elapsed.as_secs_f64());
}

/// An update was received.
pub fn update(kind: &'static str) {
    counter!("telegram_updates_total", "kind" => kind).increment(1);
}

/// A pre-checkout was answered: `ok` or the refusal's code.
pub fn precheck(answer: &'static str, elapsed: Duration) {
    counter!("precheckout_total", "answer" => answer).increment(1);
    histogram!("precheckout_seconds").record(elapsed.as_secs_f64());
}

/// A charge was settled: `granted`, `refunding` or `already_booked`.
pub fn settled(end: &'static str) {
    counter!("charges_total", "end" => end).increment(1);
}

/// An outbox row was tried: `done`, `again` or `dead`.
pub fn effect(kind: &'static str, end: &'static str) {
    counter!("effects_total", "kind" => kind, "end" => end).increment(1);
}

/// A handler panicked.
pub fn panicked() {
    counter!("panics_total").increment(1);
}

/// Methods are the client's words: only the known ones become labels.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
