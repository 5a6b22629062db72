//! What holds when nothing is said.

use serde::Serialize;

use super::{ClockSource, LogFormat, TELEGRAM_API, Updates};

/// Every setting that has a default: all but the token.
#[derive(Serialize)]
pub(super) struct Defaults {
    telegram_api: &'static str,
    database_url: &'static str,
    files: &'static str,
    public_url: &'static str,
    owners: [i64; 0],
    updates: Updates,
    log: LogFormat,
    init_data_max_age_seconds: u32,
    session_seconds: u32,
    reconcile_seconds: u32,
    subscription_seconds: u32,
    processes: u32,
    clock: ClockSource,
}

pub(super) const DEFAULTS: Defaults = Defaults {
    telegram_api: TELEGRAM_API,
    database_url: "sqlite:data/starfront.db",
    files: "data/files",
    public_url: "http://127.0.0.1:3000",
    owners: [],
    // Works everywhere; a webhook needs an address that Telegram can reach.
    updates: Updates::Polling,
    log: LogFormat::Text,
    // Telegram restores Mini Apps that were open before with the launch data of then.
    init_data_max_age_seconds: 3600,
    session_seconds: 12 * 3600,
    // A lost update is made good before its buyer has given up waiting and written to support.
    reconcile_seconds: 300,
    // source: Bot API, createInvoiceLink: the only period outside the test environment.
    subscription_seconds: 30 * 24 * 3600,
    processes: 1,
    clock: ClockSource::System,
};
