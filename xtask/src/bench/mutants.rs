//! The mutation score: how many small faults in what decides about money the shop's tests see.
//!
//! `.cargo/mutants.toml` says which files are mutated, and which mutants are none. The domain is
//! judged by its own tests first, which takes seconds; the steps, and what is left of the domain, by
//! the contract tests on SQLite.

use super::Table;
use crate::{
    cargo,
    failure::{Done, Failure, OrSay},
    files,
    project::{root, scratch, target},
    setup, shell,
    step::step,
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

/// The two halves of the payment core.
const HALVES: [(&str, &str); 2] = [
    ("what is decided", "shop/src/domain/"),
    ("what is written down", "shop/src/steps/"),
];

/// Contract tests that take nine tenths of the time: deaths, crowds and clocks.
const SLOW: [&str; 5] = [
    "atomic::",
    "walk::",
    "crowd::",
    "database::precheck_is_in_time",
    "catalogue::the_demo_shop_comes_in_and_out",
];

/// Simulated months that each mutant lives.
const MONTHS: &str = "20";

/// How a run of cargo-mutants ends that judged its mutants: all caught, some missed, some too slow.
const JUDGED: [i32; 3] = [0, 2, 3];

/// What became of the mutants of one run, by their names.
#[derive(Debug, Default)]
struct Verdicts {
    caught: BTreeSet<String>,
    timed_out: BTreeSet<String>,
    unviable: BTreeSet<String>,
    missed: BTreeSet<String>,
}

/// Runs both parts and counts.
pub(crate) fn measure() -> Done<Table> {
    let program = setup::for_mutants()?;
    let output = scratch().join("mutants");
    files::remove(&output)?;
    let quick = judge("mutants, quick", &program, &output, |command| {
        command.args(["--cargo-arg=--lib", "--re", HALVES[0].1]);
    })?;
    let mut verdicts = judge("mutants", &program, &output, |command| {
        command.args(["--iterate", "--cargo-arg=--test=contract", "--", "--"]);
        command.args(SLOW.iter().flat_map(|test| ["--skip", test]));
    })?;
    // The second run left out what the first one settled.
    verdicts.caught.extend(quick.caught);
    verdicts.unviable.extend(quick.unviable);
    Ok(table(&verdicts))
}

fn judge(
    name: &'static str,
    program: &Path,
    output: &Path,
    part: impl FnOnce(&mut Command),
) -> Done<Verdicts> {
    step(name, |step| {
        let mut command = Command::new(program);
        cargo::clean(&mut command);
        command
            .current_dir(root())
            // Other people's crates are compiled once, for all copies of the sources.
            .env("CARGO_TARGET_DIR", target().join("mutants"))
            .env("STARFRONT_TEST_SEEDS", MONTHS)
            .env_remove("STARFRONT_TEST_POSTGRES_URL");
        let memory = Path::new("/dev/shm");
        if memory.is_dir() {
            // The shops of the tests are made there: no commit waits for a disk.
            command.env("TMPDIR", memory);
        }
        command.args(["mutants", "--jobs", "1", "--caught", "--unviable"]);
        command.args(["--colors", "never", "--output"]).arg(output);
        part(&mut command);
        let sentence = "cargo-mutants could not judge: the log says why.";
        let status = shell::status(step, &mut command, None, sentence)?;
        if !status.code().is_some_and(|code| JUDGED.contains(&code)) {
            return Err(Failure {
                sentence: sentence.to_owned(),
                log: Some(step.log()),
            });
        }
        let verdicts = Verdicts::read(&output.join("mutants.out"))?;
        let note = format!(
            "{} caught, {} missed",
            verdicts.caught.len(),
            verdicts.missed.len()
        );
        Ok((note, verdicts))
    })
}

impl Verdicts {
    fn read(folder: &Path) -> Done<Self> {
        let names = |file: &str| -> Done<BTreeSet<String>> {
            let path: PathBuf = folder.join(file);
            let text = std::fs::read_to_string(&path);
            let text = text.or_say(format!("{} can't be read", path.display()))?;
            Ok(text.lines().map(str::to_owned).collect())
        };
        Ok(Self {
            caught: names("caught.txt")?,
            timed_out: names("timeout.txt")?,
            unviable: names("unviable.txt")?,
            missed: names("missed.txt")?,
        })
    }

    /// The row of those in these files.
    fn row(&self, what: &str, place: &str) -> Vec<String> {
        let count = |names: &BTreeSet<String>| {
            let here = names.iter().filter(|name| name.starts_with(place));
            here.count()
        };
        let [caught, timed_out] = [count(&self.caught), count(&self.timed_out)];
        let [unviable, missed] = [count(&self.unviable), count(&self.missed)];
        let mutants = caught + timed_out + unviable + missed;
        let score = score(caught + timed_out, mutants - unviable);
        let mut row = vec![what.to_owned()];
        row.extend([mutants, caught, timed_out, unviable, missed].map(|count| count.to_string()));
        row.push(score);
        row
    }
}

fn table(verdicts: &Verdicts) -> Table {
    let columns = [
        "",
        "mutants",
        "caught",
        "timed out",
        "unviable",
        "missed",
        "score",
    ];
    let halves = HALVES.map(|(what, place)| verdicts.row(&format!("{what}: `{place}`"), place));
    let mut rows = halves.to_vec();
    rows.push(verdicts.row("both", ""));
    Table {
        title: "Mutants",
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

/// The share of what compiles that is seen, rounded down: only all is 100 %.
fn score(seen: usize, of: usize) -> String {
    let thousandths = (seen * 1000).checked_div(of);
    thousandths.map_or_else(
        || "–".to_owned(),
        |score| format!("{}.{} %", score / 10, score % 10),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_is_counted_where_it_is() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let verdicts = Verdicts {
            caught: names(&["shop/src/domain/a.rs:1", "shop/src/steps/a.rs:1"]),
            timed_out: names(&["shop/src/steps/a.rs:2"]),
            unviable: names(&["shop/src/domain/a.rs:2"]),
            missed: names(&["shop/src/domain/a.rs:3", "shop/src/domain/a.rs:4"]),
        };
        let rows = table(&verdicts).rows;
        let figures: Vec<_> = rows.iter().map(|row| row[1..].join(" ")).collect();
        assert_eq!(
            figures,
            ["4 1 0 1 2 33.3 %", "2 1 1 0 0 100.0 %", "6 2 1 1 2 60.0 %"]
        );
    }

    #[test]
    fn all_but_one_is_not_all() {
        assert_eq!(score(9_999, 10_000), "99.9 %");
        assert_eq!(score(0, 0), "–");
    }
}
