//! npm packages, exactly as their lock files say.

use super::folder;
use crate::{failure::Done, shell, stamp, stamp::Stamp, step::step};
use std::{path::PathBuf, process::Command};

/// Installs the packages of a folder and returns the folder of their programs.
///
/// Scripts of packages are not run: nothing here needs them, and they are the usual way in for
/// whoever takes over a package.
pub(crate) fn install(name: &str, folder_name: &str) -> Done<PathBuf> {
    let folder = folder(folder_name);
    let modules = folder.join("node_modules");
    step(name, |step| {
        let _held = stamp::hold("npm")?;
        let key = stamp::key_of(
            &[
                folder.join("package.json"),
                folder.join("package-lock.json"),
            ],
            "",
        )?;
        let stamp = Stamp::new(&format!("npm-{}", folder_name.replace('/', "-")));
        if modules.join(".package-lock.json").is_file() && stamp.matches(&key) {
            return Ok(("already there".to_owned(), modules.join(".bin")));
        }
        let mut command = Command::new("npm");
        command
            .current_dir(&folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        shell::run(step, &mut command, &sentence(folder_name))?;
        stamp.set(&key)?;
        Ok(("installed (npm)".to_owned(), modules.join(".bin")))
    })
}

fn sentence(folder_name: &str) -> String {
    format!(
        "The npm packages of {folder_name} can't be installed: check the network, or the registry \
         that `npm config get registry` names, then run this again."
    )
}
