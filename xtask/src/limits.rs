//! Every bound of the tasks, with its unit and its reason.

use std::time::Duration;

/// How long `rustup target add` may take: the download is 25 MB, and a blocked network must not
/// hold a newcomer up before the next way is tried.
pub(crate) const RUSTUP_PATIENCE: Duration = Duration::from_secs(120);

/// How long a server may take from its start to its first answer: a debug build that imports
/// nothing needs under a second; a loaded test machine ten times that.
pub(crate) const START_PATIENCE: Duration = Duration::from_secs(30);

/// How long a server may take from SIGTERM to its end before it is killed: longer than its own
/// deadline for requests under way.
pub(crate) const STOP_PATIENCE: Duration = Duration::from_secs(15);

/// Pause between two looks at a child process or at the file tree.
pub(crate) const POLL: Duration = Duration::from_millis(40);

/// Pause between two looks at the source tree in `watch`: not noticed by a person, no load.
pub(crate) const WATCH_POLL: Duration = Duration::from_millis(400);

/// Lines of a log that are shown under a failed step: a compiler's error with its context.
pub(crate) const LOG_TAIL_LINES: usize = 40;

/// Optimised WASM modules kept by the content they came from: a few branches' worth.
pub(crate) const WASM_CACHE_FILES: usize = 6;

/// Hard limit for a function, lines, signature and braces included.
pub(crate) const FUNCTION_LINES: usize = 70;

/// Hard limit for a source file, lines: what a reader holds in mind.
pub(crate) const FILE_LINES: usize = 400;

/// First load of a buyer's page in brotli bytes, official script apart.
pub(crate) const FIRST_LOAD_BYTES: usize = 120_000;

/// How long one client's suite may take before it is ended: those in a browser need five minutes on a
/// machine that does ten other things, and three times that is given.
pub(crate) const SUITE_PATIENCE: Duration = Duration::from_secs(900);

/// Months that the simulation of the shop lives in each test run: enough for every kind of event
/// to happen, some minutes of two cores.
pub(crate) const MONTHS_TESTED: u64 = 2_000;

/// How long each fuzz target is fed, seconds: by then new places are rare.
pub(crate) const FUZZ_SECONDS: u32 = 120;
