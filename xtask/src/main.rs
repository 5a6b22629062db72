//! Project tasks: setup, run, watch, test, bench, dist, tidy, screenshots, tables.
//!
//! `cargo xtask run` is the newcomer's way in and `cargo xtask test` is what continuous integration
//! calls. Each task prints one line per step. A step that fails ends in a sentence that says what
//! to do, and the whole output of the programs it ran lies in `target/xtask/logs`.

mod bench;
mod build;
mod cargo;
mod commit;
mod dist;
mod failure;
mod files;
mod find;
mod interrupt;
mod limits;
mod net;
mod project;
mod run;
mod screenshots;
mod server;
mod setup;
mod shell;
mod site;
mod stage;
mod stamp;
mod step;
mod test;
mod tidy;
mod watch;

use clap::{Parser, Subcommand};
use failure::Done;
use std::process::ExitCode;

/// Project tasks of Starfront.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Find or install what building and testing need
    Setup(setup::Arguments),
    /// Build site, shop and sandbox, and start nothing
    Build(build::Arguments),
    /// Build everything and start the shop with a sandbox Telegram beside it
    Run(run::Arguments),
    /// As `run`, and build and reload again after every change
    Watch(run::Arguments),
    /// Run every check and every test, and close with one summary
    Test(test::Arguments),
    /// Measure what ARCHITECTURE.md promises and print it as a table
    Bench(bench::Arguments),
    /// Pack one archive that runs on another machine of the same kind
    Dist,
    /// Check what compilers don't: sizes, directions, lock files, forbidden words
    Tidy,
    /// Take the pictures in docs/screenshots anew
    Screenshots,
    /// Write the tables and examples in docs/sandbox.md anew, from what clients find
    Tables,
}

fn main() -> ExitCode {
    match start(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            step::complain(&failure);
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: Arguments) -> Done {
    interrupt::listen()?;
    match arguments.task {
        Task::Setup(arguments) => setup::task(&arguments),
        Task::Build(arguments) => build::task(&arguments),
        Task::Run(arguments) => run::task(&arguments),
        Task::Watch(arguments) => watch::task(&arguments),
        Task::Test(arguments) => test::task(&arguments),
        Task::Bench(arguments) => bench::task(&arguments),
        Task::Dist => dist::task(),
        Task::Tidy => tidy::task(),
        Task::Screenshots => screenshots::task(),
        Task::Tables => test::tables(),
    }
}
