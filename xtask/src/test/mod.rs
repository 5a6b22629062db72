//! `cargo xtask test`: every check and every test, one summary at the end.

mod checks;
mod clients;
mod database;
mod end_to_end;
mod outcome;
mod unit;

use crate::{
    failure::{Done, Failure},
    interrupt,
    project::Project,
    setup::{self, BuildTools, TestTools},
    step::complain,
};
pub(crate) use clients::task as tables;
pub(crate) use database::Database;
pub(crate) use end_to_end::playwright;

use outcome::{Counts, Outcome};
use std::time::Instant;

/// What to leave out.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Leave out the tests in a browser
    #[arg(long)]
    skip_e2e: bool,
    /// Do only this
    #[arg(long, value_name = "CHECK")]
    only: Option<Check>,
}

/// The parts of the whole, in the order of their cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Check {
    /// Formatting
    Format,
    /// Sizes, directions, forbidden words
    Tidy,
    /// Lints, warnings as errors
    Clippy,
    /// Unit, property and integration tests, on SQLite and PostgreSQL
    Tests,
    /// Clients that we did not write, against the sandbox
    Clients,
    /// The shop in a browser, against the sandbox
    EndToEnd,
}

/// What the checks work with.
struct Context {
    project: Project,
    build: BuildTools,
    test: TestTools,
}

impl Check {
    const ALL: [Self; 6] = [
        Self::Format,
        Self::Tidy,
        Self::Clippy,
        Self::Tests,
        Self::Clients,
        Self::EndToEnd,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Format => "formatting",
            Self::Tidy => "tidy",
            Self::Clippy => "clippy",
            Self::Tests => "tests",
            Self::Clients => "clients",
            Self::EndToEnd => "end to end",
        }
    }

    fn run(self, context: &Context) -> Done<(Counts, Option<Failure>)> {
        match self {
            Self::Format => checks::format(),
            Self::Tidy => checks::tidy(),
            Self::Clippy => checks::clippy(&context.project),
            Self::Tests => unit::tests(context),
            Self::Clients => clients::tests(
                &context.project,
                &context.test.python,
                &context.test.chromium,
            ),
            Self::EndToEnd => end_to_end::tests(context),
        }
    }
}

/// `cargo xtask test`. A check that fails doesn't keep the later ones from being run.
pub(crate) fn task(arguments: &Arguments) -> Done {
    let started = Instant::now();
    let outcomes = match set_up() {
        Ok(context) => chosen(arguments)
            .map(|check| outcome_of(check, &context))
            .collect(),
        Err(failure) => vec![Outcome::new(
            "set-up",
            started.elapsed(),
            Err(failure),
            complain,
        )],
    };
    outcome::summarise(&outcomes, started.elapsed());
    if outcomes.iter().all(Outcome::is_good) {
        Ok(())
    } else {
        std::process::exit(1)
    }
}

fn set_up() -> Done<Context> {
    let project = Project::read()?;
    Ok(Context {
        build: setup::for_build(&project)?,
        test: setup::for_tests()?,
        project,
    })
}

fn chosen(arguments: &Arguments) -> impl Iterator<Item = Check> {
    Check::ALL.into_iter().filter(|check| match arguments.only {
        Some(only) => *check == only,
        None => !(arguments.skip_e2e && *check == Check::EndToEnd),
    })
}

fn outcome_of(check: Check, context: &Context) -> Outcome {
    let started = Instant::now();
    let result = interrupt::check().and_then(|()| check.run(context));
    Outcome::new(check.name(), started.elapsed(), result, complain)
}
