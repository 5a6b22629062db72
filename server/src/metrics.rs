//! Numbers for Prometheus. Labels are fixed sets: routes by template, codes, never ids.

use std::{sync::OnceLock, time::Duration};

use axum::http::Method;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use shop::domain::{QueueLoad, UnixSeconds};

/// Bounds of the time histograms, in seconds; Telegram's 10 s for a pre-checkout is the last.
const SECONDS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// Counting belongs to the process, however many servers run in it.
static STARTED: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts counting, or goes on.
pub(crate) fn start() -> Result<PrometheusHandle, BuildError> {
    if let Some(started) = STARTED.get() {
        return Ok(started.clone());
    }
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
        .build_recorder();
    let handle = STARTED.get_or_init(|| {
        let handle = recorder.handle();
        // It can only be set already, by nobody but us.
        let _ = metrics::set_global_recorder(recorder);
        handle
    });
    Ok(handle.clone())
}

/// A request was answered.
pub(crate) fn request(method: &Method, route: &str, status: u16, elapsed: Duration) {
    let labels = [
        ("method", known_method(method).to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    counter!("http_requests_total", &labels).increment(1);
    let labels = [("route", route.to_owned())];
    histogram!("http_request_seconds", &labels).record(elapsed.as_secs_f64());
}

/// A request was not let in, or not waited for: `too_many` or `too_slow`.
pub(crate) fn turned_away(why: &'static str) {
    counter!("http_turned_away_total", "why" => why).increment(1);
}

/// An update was received.
pub(crate) fn update(kind: &'static str) {
    counter!("telegram_updates_total", "kind" => kind).increment(1);
}

/// A pre-checkout was answered: `ok` or the refusal's code.
pub(crate) fn precheck(answer: &'static str, elapsed: Duration) {
    counter!("precheckout_total", "answer" => answer).increment(1);
    histogram!("precheckout_seconds").record(elapsed.as_secs_f64());
}

/// A charge was settled: `granted`, `refunding` or `already_booked`.
pub(crate) fn settled(end: &'static str) {
    counter!("charges_total", "end" => end).increment(1);
}

/// An update was worked: `done`, `again` or `dead`.
pub(crate) fn worked(end: &'static str) {
    counter!("updates_worked_total", "end" => end).increment(1);
}

/// An outbox row was tried: `done`, `unreachable`, `again` or `dead`.
pub(crate) fn effect(kind: &'static str, end: &'static str) {
    counter!("effects_total", "kind" => kind, "end" => end).increment(1);
}

/// A row of Telegram's ledger was worked: `known`, `granted`, `refunding`, `refunded`, `recorded`
/// or `puzzling`.
pub(crate) fn star_row(end: &'static str) {
    counter!("star_rows_total", "end" => end).increment(1);
}

/// Our books and Telegram's were found to differ.
pub(crate) fn difference(code: &'static str) {
    counter!("ledger_differences_total", "code" => code).increment(1);
}

/// A look at Telegram's ledger came to its end, with so many differences open.
pub(crate) fn reconciled(open: u64) {
    counter!("reconciles_total").increment(1);
    gauge!("ledger_differences").set(count(open));
}

/// How much lies in a queue now, and how long its oldest row waits, in seconds.
pub(crate) fn queue(load: &QueueLoad, now: UnixSeconds) {
    for (state, rows) in [("dead", load.dead), ("waiting", load.waiting)] {
        gauge!("queue_rows", "queue" => load.queue, "state" => state).set(count(rows));
    }
    let age = load.oldest.map_or(0, |oldest| now.0 - oldest.0);
    let age = count(u64::try_from(age).unwrap_or(0));
    gauge!("queue_oldest_age_seconds", "queue" => load.queue).set(age);
}

/// A gauge holds whole numbers of this size exactly.
fn count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Something panicked: a handler, a worker, or the work on a row.
pub(crate) fn panicked() {
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
