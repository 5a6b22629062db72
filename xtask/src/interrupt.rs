//! Ctrl-C and SIGTERM, remembered until the task looks.

use crate::failure::{Done, Failure, OrSay};
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on a Ctrl-C, SIGTERM or SIGHUP is a request, not an end: children are stopped first.
pub(crate) fn listen() -> Done {
    ctrlc::set_handler(|| ASKED.store(true, Ordering::SeqCst)).or_say("Ctrl-C can't be watched for")
}

/// Whether someone asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// A failure when someone asked to stop, for use between two pieces of work.
pub(crate) fn check() -> Done {
    if asked() {
        Err(Failure::new("Stopped."))
    } else {
        Ok(())
    }
}
