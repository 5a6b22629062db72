//! Starts and stops the sandbox.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::front::router;
use crate::kept::{self, KeptError};
use crate::sandbox::{BeginError, Config, Sandbox, Shared};
use crate::{sender, work};

/// A sandbox that listens.
#[derive(Debug)]
pub struct Running {
    /// Where.
    pub address: SocketAddr,
    /// The world behind it.
    pub sandbox: Shared,
    task: JoinHandle<io::Result<()>>,
}

/// Why the sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}. {}", advice(source))]
    Listen {
        /// The wanted address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The sandbox cannot begin.
    #[error(transparent)]
    Begin(#[from] BeginError),
    /// The state's file cannot be written.
    #[error(transparent)]
    Kept(#[from] KeptError),
}

impl StartError {
    /// Stable, in snake_case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                "address_in_use"
            }
            Self::Listen { .. } => "address_unusable",
            Self::Begin(why) => why.code(),
            Self::Kept(why) => why.code(),
        }
    }
}

/// What to do about an address that cannot be used.
fn advice(why: &io::Error) -> &'static str {
    match why.kind() {
        io::ErrorKind::AddrInUse => {
            "Another program is there, perhaps another sandbox: choose a port with --port."
        }
        io::ErrorKind::PermissionDenied => {
            "That port needs more rights than you have: choose one above 1024 with --port."
        }
        io::ErrorKind::AddrNotAvailable => {
            "This machine has no such address: choose another with --host."
        }
        _ => "Choose another with --host and --port.",
    }
}

/// Starts listening.
///
/// # Errors
/// When the address is taken, a file is not usable or the HTTP client cannot be made.
pub async fn start(address: SocketAddr, config: Config) -> Result<Running, StartError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| StartError::Listen { address, source })?;
    let address = listener
        .local_addr()
        .map_err(|source| StartError::Listen { address, source })?;
    let (sandbox, jobs) = Sandbox::new(config)?;
    // A file that cannot be written is told now, not at the end of a day's work.
    kept::save(&sandbox)?;
    tokio::spawn(work::run(sandbox.clone(), jobs));
    tokio::spawn(work::keep_time(sandbox.clone()));
    tokio::spawn(kept::keep(sandbox.clone()));
    let webhooks: Vec<_> = {
        let state = sandbox.raw_state();
        let set = state.bots.values().filter(|bot| bot.webhook.is_set());
        set.map(|bot| (bot.id(), bot.webhook.generation)).collect()
    };
    for (bot_id, generation) in webhooks {
        sender::start(sandbox.clone(), bot_id, generation);
    }
    let app = router::build(sandbox.clone());
    let stop = sandbox.stop.clone();
    let task = tokio::spawn(async move {
        axum::serve(listener, app)
            .with_graceful_shutdown(stop.cancelled_owned())
            .await
    });
    Ok(Running {
        address,
        sandbox,
        task,
    })
}

impl Running {
    /// Ends streams and polls, lets other requests finish, keeps the state if it is to
    /// be kept, and stops.
    ///
    /// # Errors
    /// What the server ended with, or why the state was not kept.
    pub async fn stop(self) -> io::Result<()> {
        self.sandbox.stop.cancel();
        let ended = self
            .task
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error)));
        kept::save(&self.sandbox).map_err(io::Error::other)?;
        if let Some(lock) = &self.sandbox.lock {
            lock.release()?;
        }
        ended
    }
}
