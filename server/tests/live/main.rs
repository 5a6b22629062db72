//! The real binary against a Telegram of the tests' own: everything over HTTP, as in life.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod command_line;
mod logs;
mod outbox;
mod pages;
mod polling;
mod purchase;
mod readiness;
mod refusals;
mod site;
mod stopping;
mod streams;
mod support;
mod webhook;
