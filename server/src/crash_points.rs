//! Where a process can be made to die: the proof against crashes kills it at each place in turn.
//!
//! In debug builds alone. Every statement, both sides of every commit, of every Bot API call and
//! of every update taken in is told as an event at the lowest log level; a place is such an event
//! and how often it has come, as `a transaction commits#3`. `STARFRONT_TEST_CRASH_POINTS` names a
//! file that all places are written to, `STARFRONT_TEST_CRASH_AT` the one at which the process
//! sends itself the signal that nobody can catch.

use std::{
    collections::HashMap,
    fmt,
    fs::File,
    io::Write,
    sync::{Mutex, PoisonError},
};

use nix::{
    sys::signal::{Signal, raise},
    unistd::getpid,
};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    Layer,
    filter::{Filtered, Targets},
    layer::Context,
};

/// The layer with the events that it looks at.
pub(crate) type Watched<S> = Filtered<CrashPoints, Targets, S>;

/// Counts places, and dies at one.
pub(crate) struct CrashPoints {
    fatal: Option<String>,
    places: Option<File>,
    seen: Mutex<Seen>,
}

/// What has come so far.
#[derive(Default)]
struct Seen {
    counts: HashMap<String, u32>,
    /// The last statement that writes: commits are told apart by it.
    written: String,
}

/// What this process was told about crashes; nothing, mostly.
pub(crate) fn layer<S: Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>>()
-> Option<Watched<S>> {
    let fatal = std::env::var("STARFRONT_TEST_CRASH_AT").ok();
    let named = std::env::var_os("STARFRONT_TEST_CRASH_POINTS");
    let places = named.and_then(|path| File::options().create(true).append(true).open(path).ok());
    if fatal.is_none() && places.is_none() {
        return None;
    }
    let points = CrashPoints {
        fatal,
        places,
        seen: Mutex::default(),
    };
    let targets = ["sqlx", "shop::store", "telegram::client", "server::intake"];
    let targets = targets.map(|target| (target, LevelFilter::TRACE));
    Some(points.with_filter(Targets::new().with_targets(targets)))
}

impl<S: Subscriber> Layer<S> for CrashPoints {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut name = Name::default();
        event.record(&mut name);
        let about = event.metadata();
        // Of ours, what is told for this; and the end of a call, which is told one level above.
        let is_place = *about.level() == Level::TRACE || about.target().starts_with("telegram");
        if is_place && !name.0.is_empty() {
            self.reach(&name.0);
        }
    }
}

impl CrashPoints {
    fn reach(&self, name: &str) {
        // Held to the end: nobody else gets further while this process dies.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let name = if name.starts_with("a transaction") {
            format!("{name} after {}", seen.written)
        } else {
            if ["INSERT", "UPDATE", "DELETE"]
                .iter()
                .any(|verb| name.starts_with(verb))
            {
                name.clone_into(&mut seen.written);
            }
            name.to_owned()
        };
        let count = seen.counts.entry(name.clone()).or_default();
        *count += 1;
        let place = format!("{name}#{count}");
        if let Some(mut places) = self.places.as_ref() {
            let _ = writeln!(places, "{} {place}", getpid());
        }
        if self.fatal.as_ref() == Some(&place) {
            let _ = raise(Signal::SIGKILL);
        }
    }
}

/// The words of an event that stay the same in every run.
#[derive(Default)]
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, field: &Field, value: &str) {
        if ["summary", "method", "kind"].contains(&field.name()) {
            self.add(value);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.add(&format!("{value:?}"));
        }
    }
}

impl Name {
    fn add(&mut self, words: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(words);
    }
}
