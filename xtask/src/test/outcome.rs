//! What the checks came to.

use crate::{
    failure::{Done, Failure},
    step::{duration, say},
};
use std::time::Duration;

/// How many tests went how. A check that has no tests of its own counts as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed.
    pub(crate) failed: usize,
    /// Tests that were left out.
    pub(crate) skipped: usize,
}

impl Counts {
    /// A check that passed.
    pub(crate) const ONE: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// How one check went.
pub(crate) struct Outcome {
    name: &'static str,
    time: Duration,
    counts: Counts,
}

impl Outcome {
    /// Takes a check's result down. A failure without failed tests of its own, such as a compiler's
    /// error, counts as one.
    pub(crate) fn new(
        name: &'static str,
        time: Duration,
        result: Done<(Counts, Option<Failure>)>,
        complain: impl Fn(&Failure),
    ) -> Self {
        let (mut counts, failure) =
            result.unwrap_or_else(|failure| (Counts::default(), Some(failure)));
        if let Some(failure) = failure {
            complain(&failure);
            counts.failed = counts.failed.max(1);
        }
        Self { name, time, counts }
    }

    /// Whether nothing failed.
    pub(crate) fn is_good(&self) -> bool {
        self.counts.failed == 0
    }
}

/// Prints a table and, as the very last line, the sum.
pub(crate) fn summarise(outcomes: &[Outcome], time: Duration) {
    say(format!(
        "\n  {:<14}{:>8}{:>8}{:>9}{:>12}",
        "check", "passed", "failed", "skipped", "time"
    ));
    for Outcome { name, time, counts } in outcomes {
        let mark = if counts.failed == 0 { '✓' } else { '✗' };
        let Counts {
            passed,
            failed,
            skipped,
        } = counts;
        say(format!(
            "{mark} {name:<14}{passed:>8}{failed:>8}{skipped:>9}{:>12}",
            duration(*time)
        ));
    }
    let sum = outcomes
        .iter()
        .fold(Counts::default(), |sum, outcome| sum.and(outcome.counts));
    say(format!("\nin {}", duration(time)));
    say(format!("{} passed, {} failed", sum.passed, sum.failed));
}
