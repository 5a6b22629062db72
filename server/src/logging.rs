//! Log lines: fixed messages with dotted fields, logged once, at the edge.
//!
//! No line holds a token, launch data, a name, a path or a query: see docs/logging.md.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::config::LogFormat;

/// What is logged when `RUST_LOG` says nothing. Libraries stay quiet: some log addresses.
const FILTER: &str = "warn,starfront=info,server=info,shop=info,telegram=info,app=info";

/// Starts logging to standard error. A second call changes nothing.
pub(crate) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| FILTER.into());
    let registry = tracing_subscriber::registry();
    #[cfg(debug_assertions)]
    let registry = registry.with(crate::crash_points::layer());
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => {
            let lines = lines
                .with_ansi(std::io::stderr().is_terminal())
                .with_target(false);
            registry.with(lines.with_filter(filter)).try_init()
        }
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true);
            registry.with(lines.with_filter(filter)).try_init()
        }
    };
    drop(started);
}
