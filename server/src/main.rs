//! `starfront`: one binary, one database, a shop inside Telegram.

use std::process::ExitCode;

use clap::Parser;
use server::{cli::Cli, commands};

fn main() -> ExitCode {
    commands::run(Cli::parse())
}
