//! What the command line asks for, one file a command.

mod catalog;
mod check;
mod init_data;
mod ledger;
mod order;
mod outbox;
mod shop_switch;
mod subscription;
mod words;

use std::{io, process::ExitCode};

use shop::{Shop, store::StoreError};
use tokio::runtime::Runtime;

use crate::{
    cli::{Cli, Command},
    config::{Config, ConfigError},
    limits::THREADS_GRACE,
    logging,
    serve::{self, ServeError},
};

/// Why a command ended without doing as asked. Printed as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server could not start or run.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The database or the stored files failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was given is wrong; the sentence says how.
    #[error("{0}")]
    Told(String),
    /// There is nothing by that name.
    #[error("{0}")]
    NotThere(String),
    /// Our books are not what they should be, or not what Telegram's are.
    #[error("{0}")]
    BooksDiffer(String),
}

impl CommandError {
    /// The exit code. 2 is a command line that cannot be read.
    const fn exit_code(&self) -> u8 {
        match self {
            Self::NotThere(_) => 3,
            Self::BooksDiffer(_) => 4,
            _ => 1,
        }
    }
}

/// Runs one command; the exit code is 0 when it did as asked.
pub fn run(cli: Cli) -> ExitCode {
    let done = in_runtime(carry_out(cli)).unwrap_or_else(|error| {
        let why = ServeError::System(error.to_string());
        Err(why.into())
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

/// Runs this to its end, and waits for threads that hang no longer than a bound: dropping a runtime
/// waits for them for good.
fn in_runtime<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = Runtime::new()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(THREADS_GRACE);
    Ok(done)
}

async fn carry_out(cli: Cli) -> Result<(), CommandError> {
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => run_server().await,
        Command::InitData { bot_token, max_age } => init_data::run(&bot_token, max_age),
        Command::Catalog(action) => catalog::run(action).await,
        Command::Shop(switch) => shop_switch::run(&switch).await,
        Command::Order(action) => order::run(&action).await,
        Command::Charge(action) => order::charge(&action).await,
        Command::Subscription(action) => subscription::run(&action).await,
        Command::Outbox(action) => outbox::run(&action).await,
        Command::Ledger(action) => ledger::run(&action).await,
        Command::Reconcile => ledger::reconcile().await,
        Command::Retry { row } => outbox::retry(&row).await,
        Command::Check => check::run().await,
    }
}

async fn run_server() -> Result<(), CommandError> {
    let config = Config::load()?;
    logging::start(config.log);
    serve::serve(config).await?;
    Ok(())
}

async fn open_shop() -> Result<Shop, CommandError> {
    let config = Config::load()?;
    logging::start(config.log);
    serve::sandbox_clock(&config).await?;
    Ok(serve::open_shop(&config).await.map_err(ServeError::from)?)
}

/// Prints a line of a command's result. The one place that writes to standard output.
#[allow(clippy::print_stdout)]
fn say(line: &str) {
    println!("{line}");
}

/// Prints why a command failed.
#[allow(clippy::print_stderr)]
fn say_error(line: &str) {
    eprintln!("starfront: {line}");
}

#[cfg(test)]
mod tests {
    use std::{
        sync::mpsc::{Receiver, channel},
        thread,
        time::Duration,
    };

    use super::*;

    #[test]
    fn a_thread_that_hangs_keeps_nobody() {
        let (let_go, hangs): (_, Receiver<()>) = channel();
        let (done, told) = channel();
        thread::spawn(move || {
            let work = async {
                tokio::task::spawn_blocking(move || hangs.recv());
            };
            done.send(in_runtime(work).is_ok()).unwrap();
        });
        assert_eq!(told.recv_timeout(Duration::from_secs(20)), Ok(true));
        drop(let_go);
    }
}
