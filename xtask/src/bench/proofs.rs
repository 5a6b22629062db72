//! Figures of the proofs: tests of the payment core at their full length, on both databases. A
//! test prints them as lines `figure: what: how much`, and fails if the proof does.

use super::Table;
use crate::{
    cargo::{cargo, remap},
    failure::{Done, Failure},
    files, setup, shell,
    step::step,
    test::Database,
};

/// A test that says figures.
pub(crate) struct Proof {
    /// What the step is called.
    name: &'static str,
    /// Heading of its table.
    title: &'static str,
    /// Where it is: the package, and its test target.
    place: [&'static str; 2],
    /// The beginning of the tests' names.
    tests: &'static str,
    /// How long it is, as its variable says it.
    length: (&'static str, &'static str),
    /// Whether it is worth an optimised build. Places to die at are in debug builds alone.
    optimised: bool,
}

/// The process dies at every place of a story in turn.
pub(crate) const CRASHES: Proof = Proof {
    name: "crashes",
    title: "Deaths at every place",
    place: ["server", "live"],
    tests: "survival::crashes",
    length: ("STARFRONT_TEST_CRASHES", "all"),
    optimised: false,
};

/// The process is killed at random moments.
pub(crate) const KILLS: Proof = Proof {
    name: "kills",
    title: "Kills at random",
    place: ["server", "live"],
    tests: "survival::kills",
    length: ("STARFRONT_TEST_KILLS", "1000"),
    optimised: true,
};

/// Months made from seeds, against a model.
pub(crate) const MONTHS: Proof = Proof {
    name: "months",
    title: "Simulated months",
    place: ["shop", "contract"],
    tests: "simulation::a_month::sqlite",
    length: ("STARFRONT_TEST_SEEDS", "100000"),
    optimised: true,
};

/// Many buyers for a few copies.
pub(crate) const CROWDS: Proof = Proof {
    name: "contention",
    title: "Crowds",
    place: ["shop", "contract"],
    tests: "crowd::a_crowd",
    length: ("STARFRONT_TEST_CROWDS", "100"),
    optimised: true,
};

impl Proof {
    /// Runs it, and gives what it printed.
    pub(crate) fn run(&self) -> Done<Table> {
        self.run_with(&[(self.length.0, self.length.1.to_owned())])
    }

    /// Runs it from a seed on, at another length if one is named. It tells by lines of progress how
    /// far it has come, and so where a run that was stopped can go on.
    pub(crate) fn run_from(&self, first_seed: u64, length: Option<u64>) -> Done<Table> {
        let length = length.map_or(self.length.1.to_owned(), |length| length.to_string());
        self.run_with(&[
            ("STARFRONT_TEST_FIRST_SEED", first_seed.to_string()),
            (self.length.0, length),
        ])
    }

    fn run_with(&self, variables: &[(&str, String)]) -> Done<Table> {
        let programs = setup::for_database()?;
        step(self.name, |step| {
            let database = Database::start(step, &programs)?;
            let [package, target] = self.place;
            let mut command = cargo();
            command.args(["test", "--package", package, "--test", target]);
            if self.optimised {
                // As the shipped program is built, so that nothing is built twice.
                command
                    .arg("--release")
                    .env("CARGO_ENCODED_RUSTFLAGS", remap());
            }
            // One after the other: they print to the same place, and share the cores.
            command.args(["--", self.tests, "--nocapture", "--test-threads", "1"]);
            command.env("STARFRONT_TEST_POSTGRES_URL", database.url());
            command.envs(variables.iter().map(|(name, value)| (name, value)));
            let sentence = format!("The proof `{}` failed: the log says where.", self.name);
            shell::run(step, &mut command, &sentence)?;
            let rows = figures(&files::read_text(&step.log())?);
            if rows.is_empty() {
                return Err(Failure::new(format!(
                    "The proof `{}` said no figure.",
                    self.name
                )));
            }
            let columns = ["what", "figure"].map(str::to_owned).into();
            Ok((
                String::new(),
                Table {
                    title: self.title,
                    columns,
                    rows,
                },
            ))
        })
    }
}

fn figures(log: &str) -> Vec<Vec<String>> {
    let lines = log.lines().filter_map(|line| line.strip_prefix("figure: "));
    let pairs = lines.filter_map(|line| line.rsplit_once(": "));
    pairs
        .map(|(what, figure)| vec![what.to_owned(), figure.to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_among_the_lines_of_tests() {
        let log = "running 1 test\ntest a ... \nfigure: Sqlite, deaths: 3 of 3\nok\n\
                   test result: ok. 1 passed; finished in 1s\n";
        assert_eq!(
            figures(log),
            [["Sqlite, deaths", "3 of 3"].map(str::to_owned)]
        );
    }
}
