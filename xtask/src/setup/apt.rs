//! Packages of Debian and its relatives.

use crate::{find, shell, step::Step};
use std::process::Command;

/// Whether packages can be installed: apt is there and this is root.
pub(crate) fn usable() -> bool {
    nix::unistd::Uid::effective().is_root() && find::program(&["apt-get"]).is_some()
}

/// Installs packages and says whether it worked; the log holds why not.
///
/// The package lists of a fresh container are empty, so a first failure is followed by an update
/// and a second try.
pub(crate) fn install(step: &Step, packages: &[&str]) -> bool {
    usable() && (try_install(step, packages) || (update(step) && try_install(step, packages)))
}

fn try_install(step: &Step, packages: &[&str]) -> bool {
    apt(
        step,
        &[&["install", "-y", "--no-install-recommends"], packages].concat(),
    )
}

fn update(step: &Step) -> bool {
    apt(step, &["update"])
}

fn apt(step: &Step, arguments: &[&str]) -> bool {
    let mut command = Command::new("apt-get");
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    shell::status(step, &mut command, None, "apt-get can't be started")
        .is_ok_and(|status| status.success())
}
