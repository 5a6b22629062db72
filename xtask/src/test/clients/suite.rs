//! One client's suite: a program that prints each outcome as a line of JSON.

use super::{super::outcome::Counts, catalogue::Catalogue};
use crate::{
    cargo::{self, cargo},
    failure::{Done, Failure},
    files,
    limits::SUITE_PATIENCE,
    project::{root, scratch, target},
    shell,
    step::step,
};
use serde::Deserialize;
use std::{path::PathBuf, process::Command};

/// The programs that suites are run with.
pub(crate) struct Tools {
    /// Python with its clients.
    pub(crate) python: PathBuf,
    /// The suite in Rust.
    pub(crate) rust: PathBuf,
    /// The shop, which judges launch data that clients signed.
    pub(crate) shop: PathBuf,
    /// The browser that Mini Apps are opened in.
    pub(crate) chromium: PathBuf,
}

/// A suite.
pub(crate) struct Suite {
    name: &'static str,
    folder: &'static str,
    program: Program,
}

enum Program {
    Python(&'static str),
    Node(&'static str),
    Rust,
    Browser,
}

/// The clients of the Bot API, in the order of their table.
pub(crate) const BOT_API: [Suite; 4] = [
    Suite {
        name: "aiogram",
        folder: "sandbox/clients/python",
        program: Program::Python("aiogram_suite.py"),
    },
    Suite {
        name: "python-telegram-bot",
        folder: "sandbox/clients/python",
        program: Program::Python("ptb_suite.py"),
    },
    Suite {
        name: "grammY",
        folder: "sandbox/clients/node",
        program: Program::Node("grammy-suite.js"),
    },
    Suite {
        name: "frankenstein",
        folder: "sandbox/clients/rust",
        program: Program::Rust,
    },
];

/// The SDKs of Mini Apps, in the order of their table; each is a project of Playwright's.
pub(crate) const MINI_APPS: [Suite; 3] = [
    Suite {
        name: "telegram-web-app.js",
        folder: "end2end",
        program: Program::Browser,
    },
    Suite {
        name: "@tma.js/sdk",
        folder: "end2end",
        program: Program::Browser,
    },
    Suite {
        name: "@telegram-apps/sdk",
        folder: "end2end",
        program: Program::Browser,
    },
];

/// What a suite printed.
#[derive(Debug)]
pub(crate) struct Report {
    /// The client's name.
    pub(crate) client: String,
    /// The client's version.
    pub(crate) version: String,
    /// Checks in the order in which they were run.
    pub(crate) lines: Vec<Line>,
}

/// How one check went.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    /// Its name.
    pub(crate) check: String,
    /// How it went.
    pub(crate) outcome: Outcome,
    /// Why it failed, or why it could not be tried.
    #[serde(default)]
    pub(crate) why: String,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// As it should.
    Passed,
    /// Not as it should.
    Failed,
    /// The client cannot do it, for a reason of its own.
    Skipped,
}

#[derive(Deserialize)]
struct Head {
    client: String,
    version: String,
}

/// Compiles the suite in Rust, which is no part of the workspace.
pub(crate) fn build_rust() -> Done<PathBuf> {
    let folder = target().join("clients");
    step("Rust client", |step| {
        let mut command = cargo();
        command
            .args(["build", "--locked", "--manifest-path"])
            .arg(root().join("sandbox/clients/rust/Cargo.toml"))
            .arg("--target-dir")
            .arg(&folder);
        let sentence = "The suite in sandbox/clients/rust doesn't compile: see above.";
        shell::run(step, &mut command, sentence)?;
        Ok(("built".to_owned(), folder.join("debug/sandbox-clients")))
    })
}

impl Suite {
    /// Runs the suite against a fresh sandbox. Failed checks come as the second value.
    pub(crate) fn run(
        &self,
        tools: &Tools,
        sandbox: &str,
        catalogue: &Catalogue,
    ) -> Done<(Report, Option<Failure>)> {
        step(self.name, |step| {
            let mut command = self.command(tools);
            command
                .env("SANDBOX", sandbox)
                .env("STARFRONT_BIN", &tools.shop);
            let patience = Some(SUITE_PATIENCE);
            let status = shell::status(step, &mut command, patience, "The suite can't be started")?;
            let log = files::read_text(&step.log())?;
            let failure = |sentence: String| Failure {
                sentence,
                log: Some(step.log()),
            };
            let report = Report::parse(&log)
                .filter(|report| !report.lines.is_empty())
                .ok_or_else(|| failure(format!("The suite of {} doesn't run.", self.name)))?;
            let unknown = report.lines.iter().find(|line| !catalogue.has(&line.check));
            if let Some(line) = unknown {
                let name = &line.check;
                return Err(failure(format!("checks.txt doesn't list `{name}`.")));
            }
            let Counts { passed, failed, .. } = report.counts();
            let note = format!("{passed} passed, {failed} failed");
            if status.success() && failed == 0 {
                return Ok((note, (report, None)));
            }
            step.mark_bad();
            let trouble = failure(report.complaint(self.name));
            Ok((note, (report, Some(trouble))))
        })
    }

    fn command(&self, tools: &Tools) -> Command {
        let mut command = match self.program {
            Program::Python(script) => {
                let mut command = Command::new(&tools.python);
                command
                    .arg(script)
                    .env("PYTHONPYCACHEPREFIX", scratch().join("python-cache"));
                command
            }
            Program::Node(script) => {
                let mut command = Command::new("node");
                command.arg(script);
                command
            }
            Program::Rust => Command::new(&tools.rust),
            Program::Browser => {
                let program = root()
                    .join(self.folder)
                    .join("node_modules/.bin/playwright");
                let mut command = Command::new(program);
                command
                    .args(["test", "--config", "sdks.config.ts", "--project", self.name])
                    .env("CHROMIUM_PATH", &tools.chromium);
                command
            }
        };
        cargo::clean(&mut command);
        command.current_dir(root().join(self.folder));
        command
    }
}

impl Report {
    /// Takes the lines of JSON out of a log; `None` when the first, which names the client, is
    /// missing.
    fn parse(log: &str) -> Option<Self> {
        let head = log.lines().find_map(|line| serde_json::from_str(line).ok());
        let Head { client, version } = head?;
        let lines = log
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        Some(Self {
            client,
            version,
            lines: lines.collect(),
        })
    }

    /// How many checks went how.
    pub(crate) fn counts(&self) -> Counts {
        let count = |wanted| {
            let lines = self.lines.iter();
            lines.filter(|line| line.outcome == wanted).count()
        };
        Counts {
            passed: count(Outcome::Passed),
            failed: count(Outcome::Failed),
            skipped: count(Outcome::Skipped),
        }
    }

    fn complaint(&self, name: &str) -> String {
        let failed = self
            .lines
            .iter()
            .filter(|line| line.outcome == Outcome::Failed);
        let list: Vec<String> = failed
            .map(|line| format!("{}\n{}", line.check, line.why))
            .collect();
        format!("{name} and the sandbox don't agree:\n{}", list.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_read_between_other_lines() {
        let log = "$ node\n{\"client\":\"c\",\"version\":\"1\"}\na warning\n\
            {\"check\":\"getMe\",\"outcome\":\"passed\"}\n\
            {\"check\":\"close\",\"outcome\":\"failed\",\"why\":\"x\"}\n";
        let report = Report::parse(log).unwrap();
        assert_eq!((report.client.as_str(), report.lines.len()), ("c", 2));
        let counts = report.counts();
        assert_eq!((counts.passed, counts.failed), (1, 1));
        assert!(report.complaint("c").ends_with("close\nx"));
        assert!(Report::parse("no JSON").is_none());
    }
}
