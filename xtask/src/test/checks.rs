//! The checks that read sources and run nothing.

use super::outcome::Counts;
use crate::{
    cargo::cargo,
    failure::{Done, Failure},
    project::Project,
    shell,
    step::step,
    tidy,
};

type Checked = Done<(Counts, Option<Failure>)>;

/// `cargo fmt --check`.
pub(crate) fn format() -> Checked {
    step("formatting", |step| {
        let mut command = cargo();
        command.args(["fmt", "--all", "--check"]);
        shell::run(
            step,
            &mut command,
            "Some files are not formatted: run `cargo fmt --all`.",
        )?;
        Ok((String::new(), (Counts::ONE, None)))
    })
}

/// `cargo xtask tidy`.
pub(crate) fn tidy() -> Checked {
    tidy::task().map(|()| (Counts::ONE, None))
}

/// Clippy over every crate and target, each side of the page with its own features.
pub(crate) fn clippy(project: &Project) -> Checked {
    let frontend = project.leptos.lib_package.as_str();
    let sides: [(&str, &[&str]); 3] = [
        (
            "clippy, server side",
            &["--workspace", "--exclude", frontend, "--exclude", "xtask"],
        ),
        (
            "clippy, page side",
            &[
                "--package",
                frontend,
                "--package",
                "app",
                "--features",
                "app/hydrate",
            ],
        ),
        ("clippy, tasks", &["--package", "xtask"]),
    ];
    for (name, packages) in sides {
        step(name, |step| {
            let mut command = cargo();
            command
                .arg("clippy")
                .args(packages)
                .args(["--all-targets", "--", "-D", "warnings"]);
            shell::run(step, &mut command, "Clippy found what is above: mend it.")?;
            Ok((String::new(), ()))
        })?;
    }
    Ok((
        Counts {
            passed: sides.len(),
            ..Counts::default()
        },
        None,
    ))
}
