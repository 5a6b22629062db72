//! A Python of the clients' own, with packages exactly as their lock file says.

use super::{apt, folder};
use crate::{
    failure::{Done, Failure, OrSay},
    files, find,
    project::scratch,
    shell,
    stamp::{self, Stamp},
    step::{Step, step},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Oldest version that all clients run on.
const OLDEST: (u32, u32) = (3, 10);

/// The lock file: every package with its version and the hashes of its files.
const LOCK: &str = "sandbox/clients/python/requirements.txt";

/// The program of a virtual environment that holds the clients, made where it is missing.
///
/// Only ready-made packages are taken: nothing of theirs is run while installing.
pub(crate) fn find_or_install() -> Done<PathBuf> {
    step("Python clients", |step| {
        let _held = stamp::hold("python")?;
        let (home, lock) = (scratch().join("python"), folder(LOCK));
        let program = home.join("bin/python");
        let key = stamp::key_of(std::slice::from_ref(&lock), "")?;
        let stamp = Stamp::new("python");
        if find::version(&program, "--version").is_some() && stamp.matches(&key) {
            return Ok(("already there".to_owned(), program));
        }
        make(step, &home)?;
        let mut pip = Command::new(&program);
        pip.args(["-m", "pip", "install", "--require-hashes", "--no-input"]);
        pip.args(["--only-binary=:all:", "--disable-pip-version-check", "-r"])
            .arg(&lock);
        let sentence = format!(
            "The packages of {LOCK} can't be installed: check the network, or the index that \
             `pip config list` names, then run this again."
        );
        shell::run(step, &mut pip, &sentence)?;
        stamp.set(&key)?;
        Ok(("installed (pip)".to_owned(), program))
    })
}

/// Makes an empty environment. Debian has the module for that in a package of its own.
fn make(step: &Step, home: &Path) -> Done {
    let tried = try_make(step, home)?;
    if tried || (apt::install(step, &["python3", "python3-venv"]) && try_make(step, home)?) {
        return Ok(());
    }
    let (major, minor) = OLDEST;
    Err(Failure::new(format!(
        "Python {major}.{minor} or newer with its `venv` module is needed for the tests with \
         Python clients and was not found: install it from your system's packages, then run this \
         again."
    )))
}

fn try_make(step: &Step, home: &Path) -> Done<bool> {
    let python = Path::new("python3");
    if find::version(python, "--version").is_none_or(|found| found < OLDEST) {
        return Ok(false);
    }
    if home.exists() {
        files::remove(home)?;
    }
    fs::create_dir_all(home).or_say("The folder of the Python clients can't be made")?;
    let mut command = Command::new(python);
    command.args(["-m", "venv"]).arg(home);
    let status = shell::status(step, &mut command, None, "Python can't be started")?;
    Ok(status.success())
}
