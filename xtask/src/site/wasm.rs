//! Compiles the WASM entry.

use super::Flavour;
use crate::{
    failure::Done,
    project::{Project, root, target},
    setup::BuildTools,
    shell,
    step::step,
};
use std::{env, path::PathBuf};

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the package and returns the path of its module.
///
/// Goes to a build folder of its own: the compiler may be another one than the host's, and two
/// compilers in one folder would wait for each other's lock.
pub(crate) fn compile(project: &Project, tools: &BuildTools, flavour: Flavour) -> Done<PathBuf> {
    let folder = target().join("wasm");
    let package = &project.leptos.lib_package;
    let (profile, profile_folder) = match flavour {
        Flavour::Shipped => {
            let name = project.leptos.lib_profile_release.as_str();
            (name, name)
        }
        Flavour::Quick => ("dev", "debug"),
    };
    let mut command = tools.wasm.command();
    command
        .current_dir(root())
        .args([
            "build",
            "--lib",
            "--target",
            TARGET,
            "--package",
            package,
            "--profile",
            profile,
        ])
        .arg("--target-dir")
        .arg(&folder)
        .env("CARGO_ENCODED_RUSTFLAGS", remap());
    step("WASM", |step| {
        shell::run(
            step,
            &mut command,
            "The page's WASM doesn't compile: mend what the compiler says above.",
        )?;
        Ok((format!("built ({profile} profile)"), ()))
    })?;
    Ok(folder
        .join(TARGET)
        .join(profile_folder)
        .join(format!("{}.wasm", package.replace('-', "_"))))
}

/// Flags that take this machine's folders out of the panic messages inside the module: buyers
/// would download them, and the same sources would make another module on every machine.
fn remap() -> String {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    let folders = [Some((root(), ".")), cargo_home.map(|home| (home, "cargo"))];
    let flags = folders.into_iter().flatten();
    flags
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect::<Vec<_>>()
        .join("\u{1f}")
}
