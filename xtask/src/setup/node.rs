//! Node.js, which runs wasm-opt, esbuild, and the sandbox's and the tests' packages.

use super::apt;
use crate::{
    failure::{Done, Failure},
    find,
    step::{Step, step},
};
use std::path::Path;

/// Oldest version that all of them run on.
const OLDEST: u32 = 18;

/// Finds node and npm on PATH, or installs them where that is possible.
pub(crate) fn find_or_install() -> Done {
    step("Node.js", |step| {
        if let Some(version) = found() {
            return Ok((format!("already there ({version})"), ()));
        }
        install(step).map(|version| (format!("installed ({version})"), ()))
    })
}

fn install(step: &Step) -> Done<String> {
    apt::install(step, &["nodejs", "npm"]).then(found).flatten().ok_or_else(|| {
        Failure::new(format!(
            "Node.js {OLDEST} or newer with npm is needed and was not found: install it from your \
             system's packages or from nodejs.org, then run this again."
        ))
    })
}

fn found() -> Option<String> {
    find::program(&["npm"])?;
    let (major, minor) = find::version(Path::new("node"), "--version")?;
    (major >= OLDEST).then(|| format!("{major}.{minor}"))
}
