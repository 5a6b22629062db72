//! The shop in a real browser, against the sandbox.

use super::{Context, outcome::Counts};
use crate::{
    build,
    cargo::{self, Binaries, Profile},
    failure::{Done, Failure, OrSay},
    project::{Project, root},
    shell,
    site::Flavour,
    step::step,
};
use serde::Deserialize;
use std::{fs, path::Path, process::Command};

/// What Playwright writes, from the tests' folder.
const REPORT: &str = "test-results/report.json";

#[derive(Deserialize)]
struct Report {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    expected: usize,
    unexpected: usize,
    flaky: usize,
    skipped: usize,
}

/// Builds site and programs, and drives them.
pub(crate) fn tests(context: &Context) -> Done<(Counts, Option<Failure>)> {
    let binaries = build::all(
        &context.project,
        &context.build,
        Flavour::Shipped,
        Profile::Dev,
    )?;
    step("end to end", |step| {
        let report = root().join("end2end").join(REPORT);
        let _ = fs::remove_file(&report);
        let mut command = playwright(&context.project, &binaries, &context.test.chromium);
        command.arg("test");
        let status = shell::status(step, &mut command, None, "Playwright can't be started")?;
        let failure = Failure {
            sentence: "The shop doesn't do in the browser what it should: see above.".to_owned(),
            log: Some(step.log()),
        };
        if !status.success() {
            step.mark_bad();
        }
        let Ok(text) = fs::read_to_string(&report) else {
            return Err(failure);
        };
        let counts = read(&text)?;
        let note = format!("{} passed, {} failed", counts.passed, counts.failed);
        Ok((note, (counts, (!status.success()).then_some(failure))))
    })
}

/// Playwright in the tests' folder, told where everything is.
pub(crate) fn playwright(project: &Project, binaries: &Binaries, chromium: &Path) -> Command {
    let folder = root().join("end2end");
    let mut command = Command::new(folder.join("node_modules/.bin/playwright"));
    cargo::clean(&mut command);
    command
        .current_dir(folder)
        .env("STARFRONT_BIN", &binaries.shop)
        .env("STARFRONT_SANDBOX_BIN", &binaries.sandbox)
        .env("LEPTOS_SITE_ROOT", project.site())
        .env("CHROMIUM_PATH", chromium);
    command
}

/// A test that passed only the second time counts as failed: it will fail again some day.
fn read(report: &str) -> Done<Counts> {
    let Report { stats } =
        serde_json::from_str(report).or_say("Playwright's report is unreadable")?;
    Ok(Counts {
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky,
        skipped: stats.skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn playwrights_numbers_are_read() {
        let report =
            r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":2,"duration":1.5}}"#;
        assert_eq!(
            read(report).unwrap(),
            Counts {
                passed: 7,
                failed: 2,
                skipped: 2
            }
        );
    }
}
