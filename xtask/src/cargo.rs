//! Cargo on the host side.

use crate::{
    failure::Done,
    project::{Project, root, target},
    shell,
    step::step,
};
use std::{env, path::PathBuf, process::Command};

/// How the host's binaries are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; for `run`, `watch` and `test`.
    Dev,
    /// What ships; for `dist` and `bench`.
    Release,
}

impl Profile {
    /// Name that cargo knows it by.
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// Folder of its binaries.
    pub(crate) fn folder(self) -> PathBuf {
        target().join(match self {
            Self::Dev => "debug",
            Self::Release => "release",
        })
    }
}

/// The binaries of a profile.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    /// The shop.
    pub(crate) shop: PathBuf,
    /// Its stand-in for Telegram.
    pub(crate) sandbox: PathBuf,
}

/// Cargo as the one that runs this task, in the workspace's root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    clean(&mut command);
    command
}

/// Takes away what `cargo run` set for this program alone: it would make build scripts of other
/// crates run again.
pub(crate) fn clean(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("CARGO_BIN_NAME")
        .env_remove("CARGO_CRATE_NAME");
}

/// Builds shop and sandbox.
pub(crate) fn build(project: &Project, profile: Profile) -> Done<Binaries> {
    let mut command = cargo();
    command.args([
        "build",
        "--profile",
        profile.name(),
        "--package",
        "sandbox",
        "--package",
    ]);
    command.arg(&project.leptos.bin_package);
    if profile == Profile::Release {
        command.env("CARGO_ENCODED_RUSTFLAGS", remap());
    }
    step("shop and sandbox", |step| {
        shell::run(
            step,
            &mut command,
            "The shop doesn't compile: mend what the compiler says above.",
        )?;
        Ok((format!("built ({} profile)", profile.name()), ()))
    })?;
    let folder = profile.folder();
    Ok(Binaries {
        shop: folder.join(&project.leptos.bin_target),
        sandbox: folder.join("starfront-sandbox"),
    })
}

/// Flags, in cargo's encoding, that take this machine's folders out of panic messages: they would
/// be published, and the same sources would make another program on every machine.
pub(crate) fn remap() -> String {
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
