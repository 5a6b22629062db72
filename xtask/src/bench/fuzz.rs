//! How many odd inputs the parsers of what comes from outside have been fed, and what broke.

use super::Table;
use crate::{
    cargo,
    failure::{Done, Failure},
    files,
    limits::FUZZ_SECONDS,
    project::{root, target},
    setup, shell,
    step::step,
};
use std::{path::Path, process::Command};

/// The targets, as `fuzz/README.md` tells them, and what each needs beside its corpus.
const TARGETS: [(&str, Option<&str>); 3] = [
    ("init_data", None),
    ("update", Some("fuzz/update.dict")),
    ("payload", None),
];

/// Feeds each target for some minutes; an input that breaks one fails the measurement.
pub(crate) fn measure() -> Done<Table> {
    let program = setup::for_fuzz()?;
    // Each has its say before one that broke ends the measurement.
    let rows = TARGETS.map(|(name, words)| feed(&program, name, words));
    let columns = ["target", "inputs", "seconds", "places reached", "broken"];
    Ok(Table {
        title: "Fuzzing",
        columns: columns.map(str::to_owned).into(),
        rows: rows.into_iter().collect::<Done<_>>()?,
    })
}

fn feed(program: &Path, name: &'static str, words: Option<&str>) -> Done<Vec<String>> {
    step(&format!("fuzz, {name}"), |step| {
        let mut command = Command::new(program);
        cargo::clean(&mut command);
        command.current_dir(root());
        command.env("CARGO_TARGET_DIR", target().join("fuzz"));
        // No sanitizer: there is no unsafe code to watch, and a stable compiler will do.
        command.args(["fuzz", "run", "--sanitizer", "none", name]);
        command
            .arg("--")
            .arg(format!("-max_total_time={FUZZ_SECONDS}"));
        command.arg("-print_final_stats=1");
        command.args(words.map(|file| format!("-dict={file}")));
        let sentence = format!("An input broke {name}: the log names the file that holds it.");
        shell::run(step, &mut command, &sentence)?;
        let log = files::read_text(&step.log())?;
        let told = Told::read(&log).ok_or_else(|| Failure {
            sentence: format!("The fuzzer did not say what it did to {name}."),
            log: Some(step.log()),
        })?;
        let row = [
            name,
            &told.inputs,
            &FUZZ_SECONDS.to_string(),
            &told.places,
            "0",
        ];
        Ok((
            format!("{} inputs", told.inputs),
            row.map(str::to_owned).into(),
        ))
    })
}

/// What libFuzzer told at its end.
struct Told {
    inputs: String,
    places: String,
}

impl Told {
    fn read(log: &str) -> Option<Self> {
        let inputs = log
            .lines()
            .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        let done = log
            .lines()
            .find(|line| line.contains("DONE") && line.contains("cov:"))?;
        let places = done.split("cov: ").nth(1)?.split(' ').next()?;
        Some(Self {
            inputs: inputs?.trim().to_owned(),
            places: places.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_read() {
        let log = "#2\tINITED cov: 10 ft: 11 corp: 1/1b\n#900\tDONE   cov: 412 ft: 1300 corp: 9/2Kb\n\
                   Done 900 runs in 2 second(s)\nstat::number_of_executed_units: 900\n";
        let told = Told::read(log).unwrap();
        assert_eq!((told.inputs.as_str(), told.places.as_str()), ("900", "412"));
        assert!(Told::read("#2 INITED cov: 10").is_none());
    }
}
