//! The real binary against a Telegram of the tests' own: everything over HTTP, as in life.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test may end with a panic, a proof prints its figures, and nobody builds on it"
)]

mod command_line;
mod logs;
mod operators;
mod outbox;
mod pages;
mod polling;
mod purchase;
mod readiness;
mod reconcile;
mod refusals;
mod site;
mod stopping;
mod streams;
mod subscriptions;
mod support;
mod survival;
mod taken;
mod webhook;
