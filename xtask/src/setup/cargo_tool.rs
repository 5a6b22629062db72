//! Tools that `cargo` installs from their sources, each at one version: another judges otherwise,
//! and its figures can't be compared.

use crate::{
    cargo::cargo,
    failure::Done,
    find,
    project::scratch,
    shell,
    step::{Step, step},
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A subcommand of cargo.
pub(crate) struct CargoTool {
    /// Its crate, which is its program, too.
    name: &'static str,
    /// What it is called after `cargo`.
    command: &'static str,
    version: &'static str,
}

/// Breaks the sources in small ways and asks the tests whether they see it.
pub(crate) const MUTANTS: CargoTool = CargoTool {
    name: "cargo-mutants",
    command: "mutants",
    version: "27.1.0",
};

/// Feeds parsers what nobody would think of.
pub(crate) const FUZZ: CargoTool = CargoTool {
    name: "cargo-fuzz",
    command: "fuzz",
    version: "0.13.2",
};

impl CargoTool {
    /// The program, from PATH or in a folder of the tasks' own.
    pub(crate) fn find_or_install(&self) -> Done<PathBuf> {
        step(self.name, |step| {
            let home = scratch().join(self.name);
            let own = home.join("bin").join(self.name);
            let found = find::program(&[self.name]).into_iter().chain([own.clone()]);
            if let Some(program) = found.into_iter().find(|program| self.is(program)) {
                return Ok(("already there".to_owned(), program));
            }
            self.install(step, &home)?;
            Ok(("installed (cargo)".to_owned(), own))
        })
    }

    fn is(&self, program: &Path) -> bool {
        let said = shell::output(Command::new(program).args([self.command, "--version"]));
        said.is_some_and(|said| said == format!("{} {}", self.name, self.version))
    }

    fn install(&self, step: &Step, home: &Path) -> Done {
        let (name, version) = (self.name, self.version);
        let mut command = cargo();
        command.args(["install", name, "--locked", "--version", version]);
        command.arg("--root").arg(home);
        let sentence = format!(
            "{name} {version} can't be installed: check the network, or the registry that cargo is set \
             up with, then run this again."
        );
        shell::run(step, &mut command, &sentence)
    }
}
