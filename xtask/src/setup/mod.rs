//! Finds what building and testing need, or installs it.

mod apt;
mod browser;
mod cargo_tool;
mod debian;
mod node;
mod npm;
mod postgres;
mod python;
mod wasm_target;

pub(crate) use wasm_target::WasmToolchain;

use crate::{
    failure::Done,
    project::{Project, root},
};
use std::path::PathBuf;

/// What `setup` is for.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Also what the tests need: a browser, Playwright, PostgreSQL and clients of the sandbox
    #[arg(long)]
    tests: bool,
}

/// What building a site needs.
pub(crate) struct BuildTools {
    /// Compiler and linker for WASM.
    pub(crate) wasm: WasmToolchain,
    /// Folder of the npm programs: wasm-opt and esbuild.
    pub(crate) bin: PathBuf,
}

/// What tests need beside that.
pub(crate) struct TestTools {
    /// A Chromium, or a browser of its family.
    pub(crate) chromium: PathBuf,
    /// Folder of initdb and pg_ctl.
    pub(crate) postgres: PathBuf,
    /// The Python that holds the sandbox's clients.
    pub(crate) python: PathBuf,
}

/// `cargo xtask setup`.
pub(crate) fn task(arguments: &Arguments) -> Done {
    let project = Project::read()?;
    for_build(&project)?;
    if arguments.tests {
        for_tests()?;
    }
    Ok(())
}

/// Everything between a fresh clone and a first build.
pub(crate) fn for_build(project: &Project) -> Done<BuildTools> {
    let wasm = wasm_target::find_or_install(project)?;
    node::find_or_install()?;
    let bin = npm::install("build tools", "xtask/tools")?;
    npm::install("sandbox's packages", "sandbox")?;
    Ok(BuildTools { wasm, bin })
}

/// What the tests need beside that.
pub(crate) fn for_tests() -> Done<TestTools> {
    let chromium = for_browser()?;
    Ok(TestTools {
        chromium,
        postgres: postgres::find_or_install()?,
        python: for_clients()?,
    })
}

/// The clients that are tried against the sandbox; returns the Python that holds some of them.
pub(crate) fn for_clients() -> Done<PathBuf> {
    npm::install("Node.js clients", "sandbox/clients/node")?;
    python::find_or_install()
}

/// A browser and the programs that drive it.
pub(crate) fn for_browser() -> Done<PathBuf> {
    npm::install("Playwright and axe", "end2end")?;
    browser::find_or_install()
}

/// PostgreSQL's programs.
pub(crate) fn for_database() -> Done<PathBuf> {
    postgres::find_or_install()
}

/// The programs of `bench` that npm carries.
pub(crate) fn for_bench() -> Done<PathBuf> {
    npm::install("Lighthouse", "xtask/bench")
}

/// `cargo mutants`, for `bench`.
pub(crate) fn for_mutants() -> Done<PathBuf> {
    cargo_tool::MUTANTS.find_or_install()
}

/// `cargo fuzz`, for `bench`.
pub(crate) fn for_fuzz() -> Done<PathBuf> {
    cargo_tool::FUZZ.find_or_install()
}

/// Path of a folder in the workspace.
fn folder(name: &str) -> PathBuf {
    root().join(name)
}
