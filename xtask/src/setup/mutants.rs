//! `cargo mutants`, which breaks the sources in small ways and asks the tests whether they see it.

use crate::{
    cargo::cargo,
    failure::Done,
    find,
    project::scratch,
    shell,
    step::{Step, step},
};
use std::{path::PathBuf, process::Command};

/// The one version: another makes other mutants, and their figures can't be compared.
const VERSION: &str = "27.1.0";

/// The program, from PATH or in a folder of the tasks' own.
pub(crate) fn find_or_install() -> Done<PathBuf> {
    step("cargo-mutants", |step| {
        let home = scratch().join("cargo-mutants");
        let own = home.join("bin/cargo-mutants");
        let found = find::program(&["cargo-mutants"])
            .into_iter()
            .chain([own.clone()]);
        if let Some(program) = found.into_iter().find(is_it) {
            return Ok(("already there".to_owned(), program));
        }
        install(step, &home)?;
        Ok(("installed (cargo)".to_owned(), own))
    })
}

fn is_it(program: &PathBuf) -> bool {
    let said = shell::output(Command::new(program).args(["mutants", "--version"]));
    said.is_some_and(|said| said == format!("cargo-mutants {VERSION}"))
}

fn install(step: &Step, home: &PathBuf) -> Done {
    let mut command = cargo();
    command.args(["install", "cargo-mutants", "--locked", "--version", VERSION]);
    command.arg("--root").arg(home);
    let sentence = format!(
        "cargo-mutants {VERSION} can't be installed: check the network, or the registry that cargo is \
         set up with, then run this again."
    );
    shell::run(step, &mut command, &sentence)
}
