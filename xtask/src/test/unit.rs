//! Unit, property and integration tests.

use super::{Context, database::Database, outcome::Counts};
use crate::{
    cargo::cargo,
    failure::{Done, Failure},
    files, limits, shell,
    step::step,
};
use std::path::Path;

/// `cargo test` over the shop's crates and over these tasks, with a PostgreSQL of its own.
pub(crate) fn tests(context: &Context) -> Done<(Counts, Option<Failure>)> {
    let database = step("database for tests", |step| {
        let database = Database::start(step, &context.test.postgres)?;
        Ok((database.note(), database))
    })?;
    let frontend = context.project.leptos.lib_package.as_str();
    let shop = ["--workspace", "--exclude", frontend, "--exclude", "xtask"];
    let (first, trouble) = run("tests of the shop", &shop, database.url())?;
    let (second, other) = run(
        "tests of the tasks",
        &["--package", "xtask"],
        database.url(),
    )?;
    Ok((first.and(second), trouble.or(other)))
}

fn run(name: &str, packages: &[&str], database: &str) -> Done<(Counts, Option<Failure>)> {
    step(name, |step| {
        let mut command = cargo();
        command.arg("test").args(packages).arg("--no-fail-fast");
        command.env("STARFRONT_TEST_POSTGRES_URL", database);
        command.env("STARFRONT_TEST_SEEDS", limits::MONTHS_TESTED.to_string());
        let status = shell::status(step, &mut command, None, "cargo can't be started")?;
        let log = files::read_text(&step.log())?;
        let counts = count(&log);
        let note = format!("{} passed, {} failed", counts.passed, counts.failed);
        if status.success() {
            return Ok((note, (counts, None)));
        }
        step.mark_bad();
        let failure = explain(&log, &step.log())?;
        if counts.failed == 0 {
            Err(failure)
        } else {
            Ok((note, (counts, Some(failure))))
        }
    })
}

/// Sums up lines like `test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; …`.
fn count(log: &str) -> Counts {
    let results = log
        .lines()
        .filter_map(|line| line.strip_prefix("test result: "));
    results.fold(Counts::default(), |sum, result| {
        let number = |word: &str| {
            let part = result
                .split([';', '.'])
                .map(str::trim)
                .find(|part| part.ends_with(word));
            part.and_then(|part| part.split(' ').next()?.parse().ok())
                .unwrap_or(0)
        };
        sum.and(Counts {
            passed: number("passed"),
            failed: number("failed"),
            skipped: number("ignored"),
        })
    })
}

/// Keeps the part of the log that tells why tests failed, and names them.
fn explain(log: &str, path: &Path) -> Done<Failure> {
    let failed: Vec<&str> = log
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"))
        .collect();
    if failed.is_empty() {
        return Ok(Failure {
            sentence: "The tests don't compile or don't run: the log says why.".to_owned(),
            log: Some(path.to_path_buf()),
        });
    }
    let mut telling = false;
    let mut told = String::new();
    for line in log.lines() {
        telling |= line == "failures:";
        if telling {
            told += line;
            told += "\n";
        }
        telling &= !line.starts_with("test result: ");
    }
    let excerpt = path.with_extension("failures.log");
    files::write(&excerpt, told)?;
    Ok(Failure {
        sentence: format!("Failed: {}.", failed.join(", ")),
        log: Some(excerpt),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "test a::b ... ok\ntest a::c ... FAILED\n\nfailures:\n\n---- a::c stdout ----\nwhy\n\n\
        test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
        test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";

    #[test]
    fn results_of_all_binaries_are_summed_up() {
        assert_eq!(
            count(LOG),
            Counts {
                passed: 15,
                failed: 1,
                skipped: 2
            }
        );
    }

    #[test]
    fn failed_tests_are_named_and_their_words_kept() {
        let folder = std::env::temp_dir().join(format!("starfront-explain-{}", std::process::id()));
        let failure = explain(LOG, &folder.join("tests.log")).unwrap();
        assert_eq!(failure.sentence, "Failed: a::c.");
        let kept = files::read_text(&failure.log.unwrap()).unwrap();
        assert!(kept.contains("why") && !kept.contains("a::b"), "{kept}");
        files::remove(&folder).unwrap();
    }
}
