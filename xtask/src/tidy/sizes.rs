//! Files that a reader can hold in mind.

use super::{Finding, sources::Source, spread};
use crate::limits::FILE_LINES;

const KINDS: [&str; 5] = ["css", "js", "rs", "sql", "ts"];

/// Prints the spread of file sizes and names those over the limit.
pub(crate) fn check(sources: &[Source]) -> (String, Vec<Finding>) {
    let written = || sources.iter().filter(|source| source.is(&KINDS));
    let mut lengths: Vec<usize> = written().map(Source::lines).collect();
    let findings = written()
        .filter(|source| source.lines() > FILE_LINES)
        .map(|source| {
            let path = source.path.display();
            format!(
                "{path}: {} lines, {FILE_LINES} are the limit: split it",
                source.lines()
            )
        })
        .collect();
    (spread(&mut lengths), findings)
}
