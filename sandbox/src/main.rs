//! The sandbox's command line: starts it and waits for Ctrl-C.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use sandbox::args::Args;
use sandbox::server;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("starfront-sandbox: {why}");
            ExitCode::FAILURE
        }
    }
}

#[allow(
    clippy::print_stdout,
    reason = "the address is this program's one line of output"
)]
async fn run(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let address = SocketAddr::new(args.host, args.port);
    let running = server::start(address, args.config())
        .await
        .map_err(|why| format!("{}: {why}", why.code()))?;
    println!("Sandbox: http://{}/", running.address);
    asked_to_end().await?;
    running.stop().await?;
    Ok(())
}

/// Returns when the program is interrupted or, where there is such a signal, told to terminate.
#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
