//! Compiles the WASM entry.

use super::Flavour;
use crate::{
    cargo,
    failure::Done,
    project::{Project, root, target},
    setup::BuildTools,
    shell,
    step::step,
};
use std::path::PathBuf;

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
        .env("CARGO_ENCODED_RUSTFLAGS", cargo::remap());
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
